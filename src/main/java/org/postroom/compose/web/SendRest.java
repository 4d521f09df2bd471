package org.postroom.compose.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.Batches;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageRequest;
import org.postroom.compose.Unaddressed;
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
  private final Composer composer;
  private final Batches batches;
  private final Outbox outbox;
  private final Idempotency idempotency;
  private final Unaddressed unaddressed;

  SendRest(
      Composer composer,
      Batches batches,
      Outbox outbox,
      Idempotency idempotency,
      Unaddressed unaddressed) {
    this.unaddressed = unaddressed;
    this.composer = composer;
    this.batches = batches;
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
    return accept(draft(caller, request));
  }

  private Draft draft(Caller caller, MessageRequest request) {
    try {
      return composer.draft(caller, request);
    } catch (Problem refused) {
      unaddressed.noteIfSo(caller, request, refused);
      throw refused;
    }
  }

  /**
   * Up to 100; each item is accepted or refused by itself, in the order given. What is accepted is
   * kept in one transaction with the reply.
   */
  @PostMapping("/batch")
  ResponseEntity<Map<String, Object>> batch(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.SEND);
    var batch = BatchBody.read(body);
    List<Batches.Part> parts = batches.compose(caller, batch.requests(), batch.combine());
    for (Batches.Part part : parts) noteUnaddressed(caller, batch, part);
    return idempotency.once(() ->
        ResponseEntity.accepted()
            .body(
                Map.of(
                    "data",
                    batch.answers(
                        parts, (composition, place) -> kept(caller, batch, composition, place)))));
  }

  private void noteUnaddressed(Caller caller, BatchBody batch, Batches.Part part) {
    Problem refused = part.problem();
    if (refused == null) return;
    for (int place : part.places())
      unaddressed.noteIfSo(caller, batch.requests().get(place), refused);
  }

  private Map<String, @Nullable Object> kept(
      Caller caller, BatchBody batch, Composition composition, int place) {
    boolean bulk = batch.requests().get(place).bulk();
    return MessageJson.write(composer.store(caller, composition, bulk));
  }

  /** A new message linked to the old one; {@code to} corrects its recipients. */
  @PostMapping("/{id}/resend")
  ResponseEntity<Map<String, @Nullable Object>> resend(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    return accept(composer.redraft(caller, id, MessageBody.corrected(body)));
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
