package org.postroom.findings;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.findings.Symptom.Protocol;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Stage;

/**
 * One way to recognise a finding. All that is given must hold; an empty list holds always.
 *
 * @param provider id of a provider; null: any
 * @param codes such as {@code 535} or {@code 55x}; {@code 0} where nobody answered
 * @param enhanced such as {@code 5.7.8}, {@code x.7.28}, {@code 5.7.606-649}
 * @param says words only this provider or program says: they decide before anything else
 * @param words words many say
 * @param not words that rule it out
 * @param token signed in with a token, or not; null: either
 * @param action where it differs from the row's
 */
record Sign(
    List<Protocol> protocols,
    @Nullable String provider,
    List<Stage> stages,
    List<FailureKind> kinds,
    List<Code> codes,
    List<Code> enhanced,
    @Nullable Pattern says,
    @Nullable Pattern words,
    @Nullable Pattern not,
    @Nullable Boolean token,
    @Nullable Action action) {

  /** How much a sign tells, the most telling first. */
  enum Weight {
    PROVIDER_TEXT,
    PROVIDER_CODE,
    TEXT,
    ENHANCED,
    CODE,
    STAGE
  }

  /** Digits, {@code x} for any digit, and a range in the last part. */
  record Code(String pattern) {
    boolean fits(String code) {
      int dash = pattern.indexOf('-');
      if (dash >= 0) return inRange(code, pattern.substring(0, dash), pattern.substring(dash + 1));
      if (code.length() != pattern.length()) return false;
      for (int i = 0; i < code.length(); i++)
        if (pattern.charAt(i) != 'x' && pattern.charAt(i) != code.charAt(i)) return false;
      return true;
    }

    private static boolean inRange(String code, String from, String to) {
      int dot = from.lastIndexOf('.') + 1;
      int last = code.lastIndexOf('.') + 1;
      if (last == 0 || !code.substring(0, last).equals(from.substring(0, dot))) return false;
      int number = Integer.parseInt(code.substring(last));
      return number >= Integer.parseInt(from.substring(dot)) && number <= Integer.parseInt(to);
    }
  }

  boolean fits(Heard heard) {
    Symptom symptom = heard.symptom();
    return among(protocols, symptom.protocol())
        && among(stages, symptom.stage())
        && among(kinds, symptom.kind())
        && (provider == null || heard.of(provider))
        && (token == null || token == symptom.token())
        && (codes.isEmpty() || fits(codes, String.valueOf(heard.code())))
        && (enhanced.isEmpty() || fits(enhanced, heard.enhanced()))
        && (says == null || says.matcher(heard.text()).find())
        && (words == null || words.matcher(heard.text()).find())
        && (not == null || !not.matcher(heard.text()).find());
  }

  Weight weight() {
    boolean coded = !codes.isEmpty() || !enhanced.isEmpty();
    if (says != null || (provider != null && words != null)) return Weight.PROVIDER_TEXT;
    if (provider != null && coded) return Weight.PROVIDER_CODE;
    if (words != null) return Weight.TEXT;
    if (!enhanced.isEmpty()) return Weight.ENHANCED;
    return codes.isEmpty() ? Weight.STAGE : Weight.CODE;
  }

  /** How much it asks for: of two signs of one weight the narrower one tells more. */
  int narrowness() {
    return (int)
        Stream.of(
                provider != null,
                says != null,
                words != null,
                token != null,
                !enhanced.isEmpty(),
                !codes.isEmpty(),
                !stages.isEmpty(),
                !kinds.isEmpty())
            .filter(given -> given)
            .count();
  }

  /** One technical line for people who know the protocol. */
  @Override
  public String toString() {
    return Stream.of(
            listed(protocols),
            provider == null ? "" : "at " + provider,
            codes.stream().map(Code::pattern).collect(Collectors.joining("/")),
            enhanced.stream().map(Code::pattern).collect(Collectors.joining("/")),
            quoted(says),
            quoted(words),
            not == null ? "" : "without " + quoted(not),
            token == null ? "" : token ? "signed in with a token" : "signed in with a password",
            listed(stages),
            listed(kinds))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static <T> boolean among(List<T> wanted, T found) {
    return wanted.isEmpty() || wanted.contains(found);
  }

  private static boolean fits(List<Code> codes, String code) {
    return codes.stream().anyMatch(one -> one.fits(code));
  }

  private static String quoted(@Nullable Pattern pattern) {
    return pattern == null ? "" : "“" + pattern.pattern() + "”";
  }

  private static String listed(List<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).collect(Collectors.joining("/"));
  }
}
