package org.postroom.transport.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postroom.net.Answer;
import org.postroom.transport.rest.AnswerBody;
import tools.jackson.databind.JsonNode;

/**
 * What Graph says went wrong (resource error of its documentation).
 *
 * @param json whether it was said the way Graph says it
 * @param codes from the innermost, most specific, to the outermost
 */
record GraphError(int status, boolean json, List<String> codes, String message, String requestId) {
  private static final int DEEPEST = 8;

  static GraphError of(Answer.Given answer) {
    JsonNode error = AnswerBody.json(answer).path("error");
    List<String> codes = new ArrayList<>();
    String requestId = answer.header("request-id").orElse("");
    JsonNode level = error;
    for (int depth = 0; depth < DEEPEST && level.isObject(); depth++) {
      String code = level.path("code").asString("");
      if (!code.isBlank()) codes.addFirst(code);
      if (requestId.isEmpty()) requestId = level.path("request-id").asString("");
      level = inner(level);
    }
    String message =
        error.isObject() ? error.path("message").asString("") : AnswerBody.plain(answer);
    return new GraphError(
        answer.status(), error.isObject(), List.copyOf(codes), message.strip(), requestId);
  }

  boolean says(String words) {
    return message.toLowerCase(Locale.ROOT).contains(words);
  }

  boolean has(String code) {
    return codes.stream().anyMatch(code::equalsIgnoreCase);
  }

  /** {@code ErrorSendAsDenied: The user account … (request-id …)}. */
  String text() {
    if (codes.isEmpty() && message.isEmpty()) return "An answer without words";
    String inner = codes.isEmpty() ? "" : codes.getFirst() + ": ";
    String outer = codes.stream().skip(1).distinct().collect(Collectors.joining(", "));
    List<String> more = new ArrayList<>();
    if (!outer.isEmpty() && !outer.equals(codes.getFirst())) more.add("within " + outer);
    if (!requestId.isEmpty()) more.add("request-id " + requestId);
    return (inner + message + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")")).strip();
  }

  /** Some answers spell it innererror, some innerError. */
  private static JsonNode inner(JsonNode error) {
    JsonNode one = error.path("innererror");
    return one.isObject() ? one : error.path("innerError");
  }
}
