package org.postroom.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An error as Stripe shapes it. */
final class StripeRefusal extends RuntimeException {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final int status;
  private final String body;

  StripeRefusal(
      int status, String type, @Nullable String code, @Nullable String param, String message) {
    super(message);
    this.status = status;
    Map<String, Object> error = new LinkedHashMap<>();
    if (code != null) error.put("code", code);
    if (code != null) error.put("doc_url", "https://stripe.com/docs/error-codes/" + code);
    error.put("message", message);
    if (param != null) error.put("param", param);
    error.put("type", type);
    this.body = JSON.writeValueAsString(Map.of("error", error));
  }

  static StripeRefusal invalid(@Nullable String code, String param, String message) {
    return new StripeRefusal(400, "invalid_request_error", code, param, message);
  }

  ApiAnswer answer() {
    return new ApiAnswer(status, body);
  }
}
