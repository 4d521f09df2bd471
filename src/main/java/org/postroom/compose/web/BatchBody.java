package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.Batches.Part;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageRequest;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Many messages in one request; an item that cannot be read does not keep the others back.
 *
 * @param requests those that could be read
 * @param places where each of them stood
 * @param refused the others, by their place
 */
record BatchBody(
    List<MessageRequest> requests,
    List<Integer> places,
    Map<Integer, Problem> refused,
    boolean combine) {
  private static final int MOST_AT_ONCE = 100;

  static BatchBody read(JsonNode body) {
    boolean[] combine = {false};
    JsonNode items = body.isArray() ? body : named(JsonFields.of(body), combine);
    if (items.size() > MOST_AT_ONCE)
      throw Problem.invalid("/messages", "too_many", "At most 100 messages go into one batch.");
    var batch = new BatchBody(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), combine[0]);
    int place = 0;
    for (JsonNode item : items) batch.add(place++, item);
    return batch;
  }

  private void add(int place, JsonNode item) {
    try {
      requests.add(MessageBody.read(item));
      places.add(place);
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      refused.put(place, problem);
    }
  }

  private static JsonNode named(JsonFields fields, boolean[] combine) {
    JsonNode items = fields.raw("messages");
    combine[0] = fields.flag("combine", false);
    if (items == null || !items.isArray())
      fields.error("/messages", "required", "“messages” must be a list of messages.");
    fields.check();
    return Objects.requireNonNull(items);
  }

  /** Keeps a message and tells it. */
  interface Keeping {
    Map<String, @Nullable Object> keep(Composition composition, int place);
  }

  /** One answer for each item, in their order. */
  List<Map<String, @Nullable Object>> answers(List<Part> parts, Keeping keeping) {
    Map<Integer, Map<String, @Nullable Object>> answers = new TreeMap<>();
    refused.forEach((place, problem) -> answers.put(place, told(problem)));
    for (Part part : parts) {
      Composition composition = part.composition();
      Map<String, @Nullable Object> answer =
          composition == null
              ? told(Objects.requireNonNull(part.problem()))
              : keeping.keep(composition, part.places().getFirst());
      for (int request : part.places()) answers.put(places.get(request), answer);
    }
    return List.copyOf(answers.values());
  }

  private static Map<String, @Nullable Object> told(Problem problem) {
    Map<String, @Nullable Object> refused = new LinkedHashMap<>();
    refused.put("status", problem.status());
    refused.put("code", problem.code());
    refused.put("detail", problem.detail());
    refused.put("errors", problem.errors());
    return refused;
  }
}
