package org.postroom.doctor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postroom.db.Settings;

/**
 * Takes out of a text what nobody outside should read: every secret of the settings, whatever looks
 * like one, and people's addresses, of which only the domain stays.
 */
final class Mask {
  private static final String HIDDEN = "****";
  private static final int SHORTEST = 4;
  private static final Pattern KEYS = Pattern.compile("pr_(live|test)_[A-Za-z0-9_-]+");
  private static final Pattern SEALED = Pattern.compile("\\bv1:[0-9a-f]{6,}:[A-Za-z0-9_:=-]+");
  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic|token)[ :=]+[A-Za-z0-9._~+/=-]{8,}");
  private static final Pattern AUTH = Pattern.compile("(?i)\\bAUTH (PLAIN|LOGIN|XOAUTH2) +\\S+");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(passw(?:or)?d|passphrase|secret|client_secret|access_token|refresh_token|api_?key|code|signature)([\"']?\\s*[=:]\\s*[\"']?)(?!set, not shown)[^\\s\"'&,;}]+");
  private static final Pattern IN_URL = Pattern.compile("://[^\\s/@:]+:[^\\s/@]+@");
  private static final Pattern LINK =
      Pattern.compile("/(pay|approve|download|d|unsubscribe|invitation|reset)/[A-Za-z0-9_-]{12,}");
  private static final Pattern ADDRESS =
      Pattern.compile("[\\p{L}\\p{N}._%+'-]+@([\\p{L}\\p{N}.-]+)");

  private final List<String> secrets;

  private Mask(Set<String> secrets) {
    // The longest first: one may be part of another.
    this.secrets =
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Knows what is secret in these settings. */
  static Mask of(Settings settings) {
    Set<String> secrets = new TreeSet<>();
    for (Settings.Name name : Settings.Name.values())
      if (name.secret()) value(settings, name).ifPresent(value -> all(secrets, value));
    return new Mask(secrets);
  }

  private static Optional<String> value(Settings settings, Settings.Name name) {
    try {
      return settings.get(name);
    } catch (IllegalStateException unreadable) {
      return Optional.empty();
    }
  }

  /** As they may be written: as they are, and in base64. Several keys may stand in one setting. */
  private static void all(Set<String> secrets, String value) {
    List<String> parts = new ArrayList<>(List.of(value.split("[\\s,]+")));
    parts.add(value);
    for (String part : parts) {
      if (part.length() < SHORTEST) continue;
      secrets.add(part);
      secrets.add(Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)));
    }
  }

  String text(String text) {
    String clean = text;
    for (String secret : secrets) clean = clean.replace(secret, HIDDEN);
    clean = KEYS.matcher(clean).replaceAll("pr_$1_" + HIDDEN);
    clean = SEALED.matcher(clean).replaceAll(HIDDEN);
    clean = BEARER.matcher(clean).replaceAll("$1 " + HIDDEN);
    clean = AUTH.matcher(clean).replaceAll("AUTH $1 " + HIDDEN);
    clean = IN_URL.matcher(clean).replaceAll("://" + HIDDEN + "@");
    clean = NAMED.matcher(clean).replaceAll("$1$2" + HIDDEN);
    clean = LINK.matcher(clean).replaceAll("/$1/" + HIDDEN);
    return ADDRESS.matcher(clean).replaceAll(HIDDEN + "@$1");
  }
}
