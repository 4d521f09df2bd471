package org.postroom.transport.gmail;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.net.Answer;
import org.postroom.transport.rest.AnswerBody;
import tools.jackson.databind.JsonNode;

/**
 * What Google says went wrong, in its old words ({@code errors[].reason}) and its new ones ({@code
 * details[].reason}, {@code status}).
 *
 * @param json whether it was said the way Google's services say it
 * @param reasons from the most specific to the least
 */
record GmailError(int status, boolean json, List<String> reasons, String message) {
  private static final int MOST_REASONS = 10;

  static GmailError of(Answer.Given answer) {
    JsonNode error = AnswerBody.json(answer).path("error");
    Set<String> reasons = new LinkedHashSet<>();
    for (JsonNode one : error.path("errors")) add(reasons, one.path("reason").asString(""));
    for (JsonNode one : error.path("details")) add(reasons, one.path("reason").asString(""));
    add(reasons, error.path("status").asString(""));
    String message =
        error.isObject() ? error.path("message").asString("") : AnswerBody.plain(answer);
    return new GmailError(
        answer.status(), error.isObject(), new ArrayList<>(reasons), message.strip());
  }

  boolean says(String words) {
    return message.toLowerCase(Locale.ROOT).contains(words);
  }

  /** {@code insufficientPermissions: Request had … (ACCESS_TOKEN_SCOPE_INSUFFICIENT)}. */
  String text() {
    if (reasons.isEmpty()) return message.isEmpty() ? "An answer without words" : message;
    String others = String.join(", ", reasons.subList(1, reasons.size()));
    return reasons.getFirst() + ": " + message + (others.isEmpty() ? "" : " (" + others + ")");
  }

  private static void add(Set<String> reasons, String reason) {
    if (!reason.isBlank() && reasons.size() < MOST_REASONS) reasons.add(reason);
  }
}
