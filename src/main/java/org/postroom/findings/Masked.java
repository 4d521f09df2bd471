package org.postroom.findings;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Strikes out of text what may be a password or a token, before anybody sees it. */
public final class Masked {
  private static final String STARS = "****";

  /** A word that announces a secret, and the secret. */
  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "(\\bauth=Bearer\\s{1,3}|\\bBearer\\s{1,3}|\\bAUTH\\s{1,3}[A-Z0-9-]{3,20}\\s{1,3}"
              + "|\\b(?:access_token|refresh_token|id_token|client_secret|code|password|passwd|pass"
              + "|pwd|assertion)[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)([^\\s\"'&,;<>]{3,2000})",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+/_=~-]{20,2000}");

  private Masked() {}

  /** The same text with stars in place of tokens, passwords, AUTH lines and base64. */
  public static String of(String text) {
    String known =
        ANNOUNCED.matcher(text).replaceAll("$1" + java.util.regex.Matcher.quoteReplacement(STARS));
    return RUN.matcher(known).replaceAll(Masked::run);
  }

  static Map<String, String> of(Map<String, String> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> of(entry.getValue())));
  }

  /** Base64 mixes cases and digits; a host name or a long word does not. */
  private static String run(MatchResult found) {
    String text = found.group();
    boolean mixed =
        text.chars().anyMatch(Character::isUpperCase)
            && text.chars().anyMatch(Character::isLowerCase)
            && (text.chars().anyMatch(Character::isDigit) || text.endsWith("="));
    return mixed ? STARS : java.util.regex.Matcher.quoteReplacement(text);
  }
}
