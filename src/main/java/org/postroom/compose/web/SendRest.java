package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageJson;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sending by program. */
@RestController
@RequestMapping("/api/v1/messages")
class SendRest {
  private static final int MOST_AT_ONCE = 100;
  private final Composer composer;

  SendRest(Composer composer) {
    this.composer = composer;
  }

  /**
   * 202 when the message is on disk. With {@code ?dry_run=true} 200, and nothing is kept or sent.
   */
  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> send(
      Caller caller,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestBody JsonNode body) {
    var request = MessageBody.read(body);
    if (dryRun) return ResponseEntity.ok(preview(composer.compose(caller, request)));
    return accepted(composer.send(caller, request));
  }

  /** Up to 100; each item is accepted or refused by itself, in the order given. */
  @PostMapping("/batch")
  ResponseEntity<Map<String, Object>> batch(Caller caller, @RequestBody JsonNode body) {
    JsonNode items = body.isArray() ? body : body.get("messages");
    if (items == null || !items.isArray())
      throw Problem.invalid("/messages", "required", "“messages” must be a list of messages.");
    if (items.size() > MOST_AT_ONCE)
      throw Problem.invalid("/messages", "too_many", "At most 100 messages go into one batch.");
    List<Map<String, @Nullable Object>> results = new ArrayList<>();
    for (JsonNode item : items) results.add(one(caller, item));
    return ResponseEntity.accepted().body(Map.of("data", results));
  }

  /** A new message linked to the old one; {@code to} corrects its recipients. */
  @PostMapping("/{id}/resend")
  ResponseEntity<Map<String, @Nullable Object>> resend(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    return accepted(composer.resend(caller, id, MessageBody.corrected(body)));
  }

  private Map<String, @Nullable Object> one(Caller caller, JsonNode item) {
    try {
      return MessageJson.write(composer.send(caller, MessageBody.read(item)));
    } catch (Problem problem) {
      Map<String, @Nullable Object> refused = new LinkedHashMap<>();
      refused.put("status", problem.status());
      refused.put("code", problem.code());
      refused.put("detail", problem.detail());
      refused.put("errors", problem.errors());
      return refused;
    }
  }

  private static ResponseEntity<Map<String, @Nullable Object>> accepted(Message message) {
    return ResponseEntity.accepted()
        .header("Location", "/api/v1/messages/" + message.id())
        .body(MessageJson.write(message));
  }

  private static Map<String, @Nullable Object> preview(Composition composition) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state", "preview");
    json.put("subject", composition.subject());
    json.put("html", composition.html());
    json.put("text", composition.text());
    json.put("account", composition.account().id());
    json.put("from", composition.from().display());
    json.put("reply_to", MessageJson.specs(composition.replyTo()));
    json.put(
        "recipients",
        composition.recipients().stream()
            .map(to ->
                Map.of(
                    "address",
                    to.address().spec(),
                    "role",
                    to.role().name().toLowerCase(Locale.ROOT)))
            .toList());
    json.put(
        "attachments",
        composition.attachments().stream()
            .map(file ->
                Map.of(
                    "filename",
                    file.filename(),
                    "content_type",
                    file.contentType(),
                    "size",
                    file.content().length))
            .toList());
    json.put("reasons", composition.reasons());
    json.put("warnings", composition.warnings());
    json.put("size", composition.mime().length);
    return json;
  }
}
