package org.postroom.payments;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/** What providers send, byte for byte as it came, and what they are answered. */
public final class HookBody {
  /** Stripe's largest events have some ten thousand bytes. */
  public static final int MOST = 256 * 1024;

  private HookBody() {}

  /** Empty where it is larger than we read. */
  public static Optional<byte[]> of(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > MOST) return Optional.empty();
    byte[] body = request.getInputStream().readNBytes(MOST + 1);
    return body.length > MOST ? Optional.empty() : Optional.of(body);
  }

  public static ResponseEntity<Map<String, Object>> refused(int status, String why) {
    return ResponseEntity.status(status).body(Map.of("received", false, "error", why));
  }

  public static ResponseEntity<Map<String, Object>> heard(Tellings.Heard heard) {
    return ResponseEntity.ok(
        Map.of("received", true, "known", heard.known(), "what", heard.words()));
  }
}
