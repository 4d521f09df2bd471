package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.http.Idempotency;
import org.postroom.http.JsonFields;
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

  /** What a batch may weigh with its documents: it is composed before any of it is accepted. */
  private static final long MOST_BYTES_AT_ONCE = 64L * 1024 * 1024;

  private final Composer composer;
  private final Outbox outbox;
  private final Idempotency idempotency;

  SendRest(Composer composer, Outbox outbox, Idempotency idempotency) {
    this.composer = composer;
    this.outbox = outbox;
    this.idempotency = idempotency;
  }

  /**
   * 202 when the message is on disk. With {@code ?dry_run=true} 200, and nothing is kept or sent.
   */
  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> send(
      Caller caller,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestBody JsonNode body) {
    caller.require(Right.SEND);
    var request = MessageBody.read(body);
    if (dryRun) return ResponseEntity.ok(preview(composer.compose(caller, request)));
    return accept(composer.draft(caller, request));
  }

  /**
   * Up to 100; each item is accepted or refused by itself, in the order given. What is accepted is
   * kept in one transaction with the reply.
   */
  @PostMapping("/batch")
  ResponseEntity<Map<String, Object>> batch(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.SEND);
    List<Supplier<Map<String, @Nullable Object>>> decided = new ArrayList<>();
    long[] size = {0};
    for (JsonNode item : items(body)) decided.add(decide(caller, item, size));
    return idempotency.once(() ->
        ResponseEntity.accepted()
            .body(Map.of("data", decided.stream().map(Supplier::get).toList())));
  }

  private static JsonNode items(JsonNode body) {
    JsonNode items = body.isArray() ? body : named(JsonFields.of(body));
    if (items.size() > MOST_AT_ONCE)
      throw Problem.invalid("/messages", "too_many", "At most 100 messages go into one batch.");
    return items;
  }

  private static JsonNode named(JsonFields fields) {
    JsonNode items = fields.raw("messages");
    if (items == null || !items.isArray())
      fields.error("/messages", "required", "“messages” must be a list of messages.");
    fields.check();
    return Objects.requireNonNull(items);
  }

  /** A new message linked to the old one; {@code to} corrects its recipients. */
  @PostMapping("/{id}/resend")
  ResponseEntity<Map<String, @Nullable Object>> resend(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    return accept(composer.redraft(caller, id, MessageBody.corrected(body)));
  }

  /** Composes now; what comes back accepts the message, or says why it was refused. */
  private Supplier<Map<String, @Nullable Object>> decide(
      Caller caller, JsonNode item, long[] size) {
    try {
      Draft draft = composer.draft(caller, MessageBody.read(item));
      if (size[0] + draft.mime().length > MOST_BYTES_AT_ONCE) throw tooLarge();
      size[0] += draft.mime().length;
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

  private static Problem tooLarge() {
    return Problem.of(
        413,
        "batch_too_large",
        "With its documents this batch is larger than 64 MB. Send this message in another one.");
  }

  private ResponseEntity<Map<String, @Nullable Object>> accept(Draft draft) {
    return idempotency.once(() -> {
      Message message = outbox.accept(draft);
      return ResponseEntity.accepted()
          .header("Location", "/api/v1/messages/" + message.id())
          .body(MessageJson.write(message));
    });
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
