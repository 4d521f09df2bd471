package org.postroom.outbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/** A message as the API tells it; fields may be added, never changed. */
public final class MessageJson {
  private MessageJson() {}

  public static Map<String, @Nullable Object> write(Message message) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", message.id());
    json.put("state", message.state().word());
    json.put("subject", message.subject());
    json.put("account", message.account());
    json.put("from", message.sender().display());
    json.put("reasons", message.reasons());
    json.put("message_id", message.messageId());
    json.put("recipients", message.recipients().stream().map(MessageJson::recipient).toList());
    json.put("document", message.document() == null ? null : document(message.document()));
    json.put("partner", message.partner());
    json.put("purpose", message.purpose());
    json.put(
        "origin",
        Map.of(
            "kind",
            message.origin().kind(),
            "id",
            message.origin().id(),
            "name",
            message.origin().name()));
    json.put("template", message.template());
    json.put("layout", message.layout());
    json.put("resend_of", message.resendOf());
    json.put("size", message.size());
    json.put("attempts", message.attempts());
    json.put(
        "hold", message.hold() == null ? null : message.hold().name().toLowerCase(Locale.ROOT));
    json.put("note", message.note());
    json.put("created_at", message.createdAt());
    json.put("due_at", message.state().settled() ? null : message.dueAt());
    json.put("settled_at", message.settledAt());
    return json;
  }

  /** With when it will leave, as far as anybody can know. */
  public static Map<String, @Nullable Object> write(Message message, @Nullable Instant expected) {
    Map<String, @Nullable Object> json = write(message);
    json.put("expected_at", expected == null ? null : expected.truncatedTo(ChronoUnit.SECONDS));
    return json;
  }

  /** The timeline, and each try in full. */
  public static Map<String, @Nullable Object> write(TimelineEntry entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", entry.id());
    json.put("type", entry.type());
    json.put("at", entry.at());
    json.put("detail", entry.detail());
    json.put("reply", entry.reply());
    return json;
  }

  public static Map<String, @Nullable Object> write(Attempt attempt) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("number", attempt.number());
    json.put("account", attempt.account());
    json.put("started_at", attempt.startedAt());
    json.put("ms", attempt.took().toMillis());
    json.put("outcome", attempt.outcome());
    json.put("kind", word(attempt.kind()));
    json.put("stage", word(attempt.stage()));
    json.put("scope", word(attempt.scope()));
    json.put("reply_code", attempt.reply().code() == 0 ? null : attempt.reply().code());
    json.put("enhanced_status", attempt.reply().enhanced());
    json.put("reply", attempt.reply().text());
    return json;
  }

  /** Addresses as programs write and read them. */
  public static List<String> specs(List<Address> addresses) {
    return addresses.stream().map(Address::spec).toList();
  }

  private static Map<String, @Nullable Object> recipient(Message.Recipient recipient) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("address", recipient.address().spec());
    json.put("name", recipient.address().name());
    json.put("role", recipient.role().name().toLowerCase(Locale.ROOT));
    json.put("state", recipient.state().word());
    json.put("reply", recipient.reply());
    json.put("complained", recipient.complained());
    return json;
  }

  private static Map<String, Object> document(Message.DocumentRef document) {
    return Map.of("kind", document.kind(), "number", document.number());
  }

  private static @Nullable String word(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }
}
