package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.db.Database;
import org.postroom.http.Idempotency;
import org.postroom.http.Problem;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageJson;
import org.postroom.outbox.Outbox;
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
  private final Outbox outbox;
  private final Database database;
  private final Idempotency idempotency;

  SendRest(Composer composer, Outbox outbox, Database database, Idempotency idempotency) {
    this.composer = composer;
    this.outbox = outbox;
    this.database = database;
    this.idempotency = idempotency;
  }

  /**
   * 202 when the message is on disk. With {@code ?dry_run=true} 200, and nothing is kept or sent.
   */
  @PostMapping
  ResponseEntity<Object> send(
      Caller caller,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestBody JsonNode body) {
    var request = MessageBody.read(body);
    if (dryRun) return ResponseEntity.ok(preview(composer.compose(caller, request)));
    return accepted(composer.draft(caller, request));
  }

  /** Up to 100; each item is accepted or refused by itself, in the order given. */
  @PostMapping("/batch")
  ResponseEntity<Object> batch(Caller caller, @RequestBody JsonNode body) {
    JsonNode items = body.isArray() ? body : body.get("messages");
    if (items == null || !items.isArray())
      throw Problem.invalid("/messages", "required", "“messages” must be a list of messages.");
    if (items.size() > MOST_AT_ONCE)
      throw Problem.invalid("/messages", "too_many", "At most 100 messages go into one batch.");
    List<Supplier<Map<String, @Nullable Object>>> composed = new ArrayList<>();
    for (JsonNode item : items) composed.add(one(caller, item));
    return kept(
        () -> new Answer(null, Map.of("data", composed.stream().map(Supplier::get).toList())));
  }

  /** A new message linked to the old one; {@code to} corrects its recipients. */
  @PostMapping("/{id}/resend")
  ResponseEntity<Object> resend(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    return accepted(composer.redraft(caller, id, MessageBody.corrected(body)));
  }

  /** Composing needs time and may be refused; what comes back only stores. */
  private Supplier<Map<String, @Nullable Object>> one(Caller caller, JsonNode item) {
    try {
      Draft draft = composer.draft(caller, MessageBody.read(item));
      return () -> MessageJson.write(outbox.accept(draft));
    } catch (Problem problem) {
      Map<String, @Nullable Object> refused = new LinkedHashMap<>();
      refused.put("status", problem.status());
      refused.put("code", problem.code());
      refused.put("detail", problem.detail());
      refused.put("errors", problem.errors());
      return () -> refused;
    }
  }

  private ResponseEntity<Object> accepted(Draft draft) {
    return kept(() -> {
      Message message = outbox.accept(draft);
      return new Answer("/api/v1/messages/" + message.id(), MessageJson.write(message));
    });
  }

  private record Answer(@Nullable String location, Object body) {}

  /**
   * Stores and keeps the answer under the request's key in one commit: whoever repeats the request
   * after a crash gets this answer and no second message.
   */
  private ResponseEntity<Object> kept(Supplier<Answer> store) {
    Idempotency.Claim claim = idempotency.current();
    Answer answer =
        database.write(sql -> {
          Answer stored = store.get();
          claim.keep(sql, 202, stored.location(), stored.body());
          return stored;
        });
    var response = ResponseEntity.accepted();
    if (answer.location() != null) response.header("Location", answer.location());
    return response.body(answer.body());
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
