package org.postroom.transport;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was said, verbatim. Where no server spoke (no such name, connection refused), the code is 0
 * and the text says in our words what happened.
 *
 * @param code SMTP reply code or HTTP status; 0 where nobody answered
 * @param enhanced enhanced status code (RFC 3463) such as {@code 5.7.1}, or null
 * @param text the lines of the reply joined by newline, without the codes; at most 2,000 characters
 */
public record Reply(int code, @Nullable String enhanced, String text) {

  private static final Pattern ENHANCED =
      Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})(?:[ \\t]+|$)");

  public Reply {
    if (text.length() > 2000) text = text.substring(0, 2000);
  }

  /** A reply as a server gave it: takes the enhanced status off the front of the text. */
  public static Reply of(int code, String text) {
    Matcher matcher = ENHANCED.matcher(text);
    if (!matcher.find()) return new Reply(code, null, text);
    String status = matcher.group(1);
    String bare =
        text.lines()
            .map(line -> line.startsWith(status) ? line.substring(status.length()).strip() : line)
            .reduce((a, b) -> a + "\n" + b)
            .orElse("");
    return new Reply(code, status, bare);
  }

  /** Nobody answered; the sentence says what happened. */
  public static Reply none(String whatHappened) {
    return new Reply(0, null, whatHappened);
  }

  public boolean positive() {
    return code >= 200 && code < 400;
  }

  public boolean temporary() {
    return code >= 400 && code < 500;
  }

  public boolean permanent() {
    return code >= 500;
  }

  /** One line for logs and pages: {@code 550 5.1.1 No such user}. */
  public String line() {
    if (code == 0) return text;
    return String.format(
            Locale.ROOT,
            "%d %s%s",
            code,
            enhanced == null ? "" : enhanced + " ",
            text.replace('\n', ' '))
        .strip();
  }
}
