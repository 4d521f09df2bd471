package org.postroom.automations.web;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.EventType;
import org.postroom.automations.Told;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem.FieldError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event's data says it is about.
 *
 * @param kind of the document, or {@code partner}
 * @param number of the document, or the partner's ref
 * @param rest the document itself, where the data carries it; else empty
 */
record EventMatter(
    String kind,
    String number,
    @Nullable String occasion,
    Map<String, String> facts,
    ObjectNode rest) {
  private static final Set<String> OF_PAYMENTS =
      Set.of("reference", "amount", "currency", "reason");
  private static final int OCCASION = 100;
  private static final int DIGITS = 30;

  /** Null where something is wrong, which is added to the errors. */
  static @Nullable EventMatter read(
      ObjectNode data, @Nullable EventType type, String at, List<FieldError> errors) {
    int before = errors.size();
    ObjectNode rest = data.deepCopy();
    String occasion = optional(rest, "occasion", OCCASION, at, errors);
    if (type != null && type.invitation()) return invitation(rest, occasion, at, errors);
    String kind = CloudEvents.text(data, "kind", at, errors);
    String number = CloudEvents.text(data, "number", at, errors);
    if (kind != null && DocumentKind.of(kind).isEmpty())
      errors.add(
          new FieldError(at + "/kind", "unknown_kind", "“" + kind + "” is no kind of document."));
    rest.remove(List.of("kind", "number"));
    boolean payment = type != null && type.payment();
    Map<String, String> facts = payment ? payment(rest, at, errors) : Map.of();
    if (errors.size() > before || kind == null || number == null) return null;
    return new EventMatter(kind, number, occasion, facts, rest);
  }

  private static @Nullable EventMatter invitation(
      ObjectNode rest, @Nullable String occasion, String at, List<FieldError> errors) {
    int before = errors.size();
    String partner = CloudEvents.text(rest, "partner", at, errors);
    String link = CloudEvents.text(rest, "link", at, errors);
    if (link != null && !link.matches("https://[^\\s/\"<>]+(/[^\\s\"<>]*)?"))
      errors.add(new FieldError(at + "/link", "invalid", "This must be an address with https://."));
    rest.remove(List.of("partner", "link"));
    if (errors.size() > before || partner == null || link == null) return null;
    return new EventMatter(Told.PARTNER, partner, occasion, Map.of("link", link), rest);
  }

  /** Taken out of the rest; the currency stays where the data carries a document too. */
  private static Map<String, String> payment(ObjectNode rest, String at, List<FieldError> errors) {
    Map<String, String> facts = new HashMap<>();
    put(facts, "reference", optional(rest, "reference", OCCASION, at, errors));
    put(facts, "reason", optional(rest, "reason", 500, at, errors));
    put(facts, "amount", amount(rest.remove("amount"), at, errors));
    JsonNode currency = rest.get("currency");
    if (currency != null && currency.isString() && currency.stringValue().matches("[A-Z]{3}"))
      facts.put("currency", currency.stringValue());
    else if (currency != null && !currency.isNull())
      errors.add(
          new FieldError(at + "/currency", "invalid", "A currency is three letters such as EUR."));
    if (OF_PAYMENTS.containsAll(rest.propertyNames())) rest.removeAll();
    return facts;
  }

  private static @Nullable String amount(
      @Nullable JsonNode value, String at, List<FieldError> errors) {
    if (value == null || value.isNull()) return null;
    String text = value.isString() || value.isNumber() ? value.asString().strip() : "";
    try {
      if (text.length() <= DIGITS && text.matches("-?[0-9]+(\\.[0-9]+)?"))
        return new BigDecimal(text).toPlainString();
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    errors.add(
        new FieldError(at + "/amount", "invalid", "An amount is a number such as \"32.70\"."));
    return null;
  }

  /** Taken out of the data; null where it is absent. */
  private static @Nullable String optional(
      ObjectNode rest, String name, int longest, String at, List<FieldError> errors) {
    JsonNode value = rest.get(name);
    if (value == null || value.isNull()) {
      rest.remove(name);
      return null;
    }
    String text = CloudEvents.text(rest, name, at, errors);
    rest.remove(name);
    if (text == null || text.length() <= longest) return text == null ? null : text.strip();
    errors.add(
        new FieldError(
            at + "/" + name, "too_long", "This has more than " + longest + " characters."));
    return null;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) facts.put(name, value);
  }
}
