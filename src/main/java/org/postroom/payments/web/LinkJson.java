package org.postroom.payments.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;
import org.postroom.http.JsonFields;
import org.postroom.payments.NewLink;
import org.postroom.payments.NewLink.Wanted;
import org.postroom.payments.OpenedLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLink.Item;
import org.postroom.payments.PaymentLinks.Happened;
import tools.jackson.databind.JsonNode;

/** Links as the API speaks of them. */
final class LinkJson {
  private static final int MOST_ITEMS = 20;
  private static final Map<String, PaymentLink.Kind> KINDS =
      words(PaymentLink.Kind.values(), PaymentLink.Kind::word);
  private static final Map<String, DocumentKind> DOCUMENTS =
      words(DocumentKind.values(), DocumentKind::word);

  private LinkJson() {}

  static NewLink read(JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    PaymentLink.Kind kind = fields.choice("kind", KINDS);
    if (kind == null && !fields.isWrong(fields.at("kind")))
      fields.error(
          fields.at("kind"), "required", "“kind” is required: invoice, deposit, approval.");
    List<Wanted> items =
        fields.objects("items", MOST_ITEMS).stream()
            .map(LinkJson::wanted)
            .filter(Objects::nonNull)
            .toList();
    Instant expires = fields.parsed("expires_at", 40, LinkJson::moment);
    fields.check();
    return new NewLink(Objects.requireNonNull(kind), items, expires);
  }

  /** Money seen elsewhere. */
  record Noted(String reference, BigDecimal amount, @Nullable String currency, LocalDate date) {
    static Noted read(JsonNode body, LocalDate today) {
      JsonFields fields = JsonFields.of(body);
      String reference = fields.required("reference", 100);
      BigDecimal amount = LinkJson.amount(fields);
      if (amount == null && !fields.isWrong(fields.at("amount")))
        fields.error(fields.at("amount"), "required", "“amount” is required.");
      String currency = fields.text("currency", 3);
      LocalDate date = fields.parsed("date", 10, text -> day(text, today));
      fields.check();
      return new Noted(
          reference, Objects.requireNonNull(amount), currency, date == null ? today : date);
    }
  }

  static Map<String, @Nullable Object> write(PaymentLink link) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", link.id());
    json.put("kind", link.kind().word());
    json.put("state", link.state().word());
    json.put("payment", link.payment().word());
    json.put("items", link.items().stream().map(LinkJson::item).toList());
    json.put("partner", link.partner());
    json.put("currency", link.currency());
    json.put("amount", link.amount());
    json.put("created_by", link.createdBy());
    json.put("created_at", link.createdAt().toString());
    json.put("expires_at", text(link.expiresAt()));
    json.put("opened_at", text(link.openedAt()));
    json.put("used_at", text(link.usedAt()));
    json.put("message", link.message());
    return json;
  }

  /**
   * With what only one link by itself tells.
   *
   * @param url null where customers cannot reach this installation
   */
  static Map<String, @Nullable Object> write(
      OpenedLink now, @Nullable String url, List<Happened> history) {
    Map<String, @Nullable Object> json = write(now.link());
    json.put("url", url);
    json.put("due", now.due());
    json.put("history", history.stream().map(LinkJson::happened).toList());
    return json;
  }

  private static Map<String, @Nullable Object> item(Item item) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", item.kind().word());
    json.put("number", item.number());
    json.put("amount", item.amount());
    return json;
  }

  private static Map<String, Object> happened(Happened happened) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", happened.at().toString());
    json.put("who", happened.who());
    json.put("what", happened.what());
    json.put("warning", happened.warning());
    return json;
  }

  private static @Nullable Wanted wanted(JsonFields fields) {
    DocumentKind kind = fields.choice("kind", DOCUMENTS);
    if (kind == null && !fields.isWrong(fields.at("kind")))
      fields.error(fields.at("kind"), "required", "“kind” is required.");
    String number = fields.required("number", 100);
    BigDecimal amount = amount(fields);
    return kind == null ? null : new Wanted(kind, number, amount);
  }

  /** Text or number, as everywhere; never with an exponent that fills the memory. */
  private static @Nullable BigDecimal amount(JsonFields fields) {
    JsonNode raw = fields.raw("amount");
    if (raw == null) return null;
    String text = raw.isString() || raw.isNumber() ? raw.asString() : "";
    BigDecimal amount = Amounts.read(text).orElse(null);
    if (amount == null)
      fields.error(fields.at("amount"), "invalid", "This is no amount such as 119.00.");
    return amount;
  }

  private static Instant moment(String text) {
    try {
      return java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("This is no moment such as 2026-12-31T22:00:00Z.", wrong);
    }
  }

  private static LocalDate day(String text, LocalDate today) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (!day.isAfter(today.plusDays(1)) && day.isAfter(today.minusYears(10))) return day;
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("This is no day such as 2026-12-31.", wrong);
    }
    throw new IllegalArgumentException("Money is noted when it has come, within ten years.");
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  private static <E> Map<String, E> words(E[] all, Function<E, String> word) {
    return Arrays.stream(all).collect(Collectors.toMap(word, Function.identity()));
  }
}
