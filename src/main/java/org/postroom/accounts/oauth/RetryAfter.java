package org.postroom.accounts.oauth;

import java.time.Duration;
import java.util.Optional;
import org.postroom.net.Answer;

/** How long a server asks to wait, in seconds (RFC 9110, section 10.2.3); dates are not heeded. */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  static Optional<Duration> of(Answer.Given given) {
    return given
        .header("Retry-After")
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }
}
