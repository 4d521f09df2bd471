package org.postroom.outbox.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.outbox.Approvals;
import org.postroom.outbox.Forecasts;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.Hold;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageJson;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.RecipientState;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Messages that were accepted: what became of them, and what can be done. */
@RestController
@RequestMapping("/api/v1/messages")
class MessagesRest {
  private static final Map<String, Outbox.Resolution> RESOLUTIONS =
      Map.of(
          "arrived",
          Outbox.Resolution.ARRIVED,
          "send_again",
          Outbox.Resolution.SEND_AGAIN,
          "not_sent",
          Outbox.Resolution.NOT_SENT);

  private static final String BOUNCED = "bounced";

  private final Outbox outbox;
  private final Approvals approvals;
  private final Forecasts forecasts;

  MessagesRest(Outbox outbox, Approvals approvals, Forecasts forecasts) {
    this.forecasts = forecasts;
    this.outbox = outbox;
    this.approvals = approvals;
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller, @RequestParam Map<String, String> query) {
    Set<String> known =
        Set.of(
            "limit",
            "cursor",
            "state",
            "q",
            "account",
            "partner",
            "document_kind",
            "document_number",
            "created_after",
            "created_before",
            "hold",
            "recipient_state");
    query.keySet().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw Problem.invalid(
              name, "unknown_parameter", "There is no parameter “" + name + "” here.");
        });
    var filter =
        MessageFilter.ALL
            .states(states(query.get("state")))
            .text(query.get("q"))
            .account(query.get("account"))
            .partner(query.get("partner"))
            .document(query.get("document_kind"), query.get("document_number"))
            .created(time(query, "created_after"), time(query, "created_before"))
            .hold(hold(query.get("hold")))
            .recipient(recipient(query));
    Slice<Message> messages =
        outbox.list(caller, filter, Slice.limit(whole(query.get("limit"))), query.get("cursor"));
    Map<String, Instant> expected = forecasts.of(messages.data());
    return messages.map(message -> MessageJson.write(message, expected.get(message.id())));
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> get(Caller caller, @PathVariable String id) {
    Message message = outbox.get(caller, id);
    // As it stands in line: what a limit keeps back carries that limit's end as its due time.
    Instant expected = outbox.find(caller.company(), id).map(forecasts::of).orElse(null);
    return MessageJson.write(message, expected);
  }

  /** The timeline, oldest first, and every try with what the server said. */
  @GetMapping("/{id}/events")
  Map<String, Object> events(Caller caller, @PathVariable String id) {
    Message message = outbox.get(caller, id);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "data", outbox.timeline(message.company(), id).stream().map(MessageJson::write).toList());
    json.put(
        "attempts",
        outbox.attempts(message.company(), id).stream().map(MessageJson::write).toList());
    return json;
  }

  @GetMapping(value = "/{id}/content", produces = "message/rfc822")
  ResponseEntity<byte[]> content(Caller caller, @PathVariable String id) {
    Message message = outbox.get(caller, id);
    byte[] mime =
        outbox
            .content(message.company(), id)
            .orElseThrow(() -> Problem.notFound("The content of " + id));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("message/rfc822"))
        .header("Content-Disposition", "attachment; filename=\"" + id + ".eml\"")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .body(mime);
  }

  @PostMapping("/{id}/retry")
  Map<String, @Nullable Object> retry(Caller caller, @PathVariable String id) {
    return MessageJson.write(outbox.retry(caller, id));
  }

  @PostMapping("/{id}/cancel")
  Map<String, @Nullable Object> cancel(Caller caller, @PathVariable String id) {
    return MessageJson.write(outbox.cancel(caller, id));
  }

  /** A message that waits for approval goes out. */
  @PostMapping("/{id}/approve")
  Map<String, @Nullable Object> approve(Caller caller, @PathVariable String id) {
    return MessageJson.write(approvals.approve(caller, id));
  }

  /** A message that waits for approval never goes out: {@code {"reason": "…"}} or no body. */
  @PostMapping("/{id}/reject")
  Map<String, @Nullable Object> reject(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    String reason = null;
    if (body != null && !body.isNull()) {
      JsonFields fields = JsonFields.of(body);
      reason = fields.text("reason", 500);
      fields.check();
    }
    return MessageJson.write(approvals.reject(caller, id, reason == null ? "" : reason));
  }

  /**
   * A person decides an unclear message: {@code {"resolution": "arrived" | "send_again" |
   * "not_sent"}}.
   */
  @PostMapping("/{id}/resolve")
  Map<String, @Nullable Object> resolve(
      Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.required("resolution", 40);
    Outbox.Resolution resolution = fields.choice("resolution", RESOLUTIONS);
    fields.check();
    return MessageJson.write(
        outbox.resolve(caller, id, java.util.Objects.requireNonNull(resolution)));
  }

  private static Set<MessageState> states(@Nullable String words) {
    if (words == null || words.isBlank() || words.equals(BOUNCED)) return Set.of();
    return Arrays.stream(words.split(",")).map(MessagesRest::state).collect(Collectors.toSet());
  }

  private static MessageState state(String word) {
    List<String> all = Arrays.stream(MessageState.values()).map(MessageState::word).toList();
    if (!all.contains(word.strip())) {
      throw Problem.invalid(
          "state",
          "unknown_value",
          "“" + word + "” is no state. There are: " + String.join(", ", all) + ".");
    }
    return MessageState.valueOf(word.strip().toUpperCase(Locale.ROOT));
  }

  /** {@code state=bounced} is the short form: people ask for it as if it were a state. */
  private static @Nullable RecipientState recipient(Map<String, String> query) {
    if (BOUNCED.equals(query.get("state"))) return RecipientState.BOUNCED;
    String word = query.get("recipient_state");
    if (word == null || word.isBlank()) return null;
    List<String> all = Arrays.stream(RecipientState.values()).map(RecipientState::word).toList();
    if (!all.contains(word.strip()))
      throw Problem.invalid(
          "recipient_state",
          "unknown_value",
          "“" + word + "” is no state of a recipient. There are: " + String.join(", ", all) + ".");
    return RecipientState.valueOf(word.strip().toUpperCase(Locale.ROOT));
  }

  private static @Nullable Hold hold(@Nullable String word) {
    if (word == null || word.isBlank()) return null;
    return Arrays.stream(Hold.values())
        .filter(hold -> hold.name().toLowerCase(Locale.ROOT).equals(word.strip()))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                "hold",
                "unknown_value",
                "“" + word + "” holds nothing. There are: account, approval."));
  }

  private static @Nullable Instant time(Map<String, String> query, String name) {
    String text = query.get(name);
    if (text == null || text.isBlank()) return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      throw Problem.invalid(
          name, "not_a_time", name + " must be a time such as 2026-11-02T09:00:00Z.");
    }
  }

  private static @Nullable Integer whole(@Nullable String text) {
    if (text == null || text.isBlank()) return null;
    if (!text.matches("\\d{1,6}"))
      throw Problem.invalid("limit", "out_of_range", "limit must be between 1 and 200.");
    return Integer.valueOf(text);
  }
}
