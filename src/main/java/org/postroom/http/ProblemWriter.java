package org.postroom.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.postroom.http.Problem.FieldError;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes problems as RFC 9457 has them: type, title, status and detail, with code, request_id and
 * errors as our extension members. For doors outside controllers (filters, security); controllers
 * just throw.
 */
@Component
public final class ProblemWriter {
  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  private record Body(
      String type,
      String title,
      int status,
      String detail,
      String code,
      String requestId,
      List<FieldError> errors) {}

  public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) return;
    var body =
        new Body(
            "/problems/" + problem.code(),
            title(problem.code()),
            problem.status(),
            problem.detail(),
            problem.code(),
            Requests.id(request),
            problem.errors());
    byte[] bytes = json.writeValueAsBytes(body);
    response.resetBuffer();
    response.setStatus(problem.status());
    if (problem.status() == 503 || problem.status() == 429) askToComeBack(response);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static void askToComeBack(HttpServletResponse response) {
    if (!response.containsHeader("Retry-After")) response.setHeader("Retry-After", "30");
  }

  /** The code in words: {@code not_found} is "Not found". */
  static String title(String code) {
    String words = code.replace('_', ' ');
    return words.isEmpty()
        ? "Problem"
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
