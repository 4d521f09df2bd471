package org.postroom.net;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What became of a {@link Call}. */
public sealed interface Answer {

  /**
   * The server answered, whatever it said.
   *
   * @param privacy what made the connection private, such as {@code TLSv1.3, certificate CN=…};
   *     empty over plain HTTP
   * @param took from the call to the last byte
   */
  record Given(int status, HttpHeaders headers, byte[] body, String privacy, Duration took)
      implements Answer {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    public boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Nobody answered.
   *
   * @param step how far it came
   * @param what plain sentence, with the runtime's words in brackets
   * @param maybeArrived whether the server may have read the whole request and acted on it
   */
  record Failed(Step step, String what, boolean maybeArrived, Duration took) implements Answer {}

  /** The steps of a call, in their order. */
  enum Step {
    RESOLVE,
    CONNECT,
    /** The certificate is not for us, expired, or of an unknown issuer. */
    TRUST,
    /** The handshake failed otherwise. */
    TLS,
    /** Sending, or waiting for the answer. */
    TALK,
    /** The time was up. */
    TIMEOUT,
    /** The answer is no HTTP, or larger than we read. */
    GARBLED
  }
}
