package org.postroom.accounts.oauth;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Reply;

/** What a token endpoint made of a request. */
public sealed interface TokenAnswer {

  /**
   * Tokens.
   *
   * @param refreshToken null where none came: the old one, if any, stays good
   * @param scopes as granted; null where the provider did not say, which means as asked
   * @param lasts how long the access token is good
   */
  record Granted(
      String accessToken,
      @Nullable String refreshToken,
      @Nullable Set<String> scopes,
      Duration lasts,
      @Nullable String idToken)
      implements TokenAnswer {
    @Override
    public String toString() {
      return "Granted[" + scopes + ", " + lasts + "]";
    }
  }

  /**
   * No, and asking the same again is pointless.
   *
   * @param error the word of RFC 6749, section 5.2
   * @param reply verbatim, without what we sent
   */
  record Refused(String error, Reply reply) implements TokenAnswer {}

  /**
   * Not now.
   *
   * @param retryAfter as the provider asked; null where it did not
   */
  record Busy(Reply reply, @Nullable Duration retryAfter) implements TokenAnswer {}
}
