package org.postroom.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came in. */
public record ApiRequest(
    String method, String path, String query, Map<String, String> headers, byte[] body) {
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** {@code POST /v1.0/me/sendMail}. */
  public String line() {
    return method + " " + path;
  }
}
