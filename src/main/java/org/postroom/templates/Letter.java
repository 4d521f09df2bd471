package org.postroom.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Accent;
import org.postroom.text.Plain;
import org.postroom.text.Text;

/**
 * The words of one mail, filled in and put where the shared layout shows them. Parts whose facts
 * are missing are left out.
 */
final class Letter {
  private static final int MOST_ITEMS = 100;

  private final String purpose;
  private final Compiled.Simple said;
  private final Words words;
  private final Filler filler;
  private final Locale locale;
  private final Plain model;

  /**
   * @param words what the layout itself says, such as "Due date"
   */
  Letter(String purpose, Compiled.Simple said, Words words, Filler filler) {
    this.purpose = purpose;
    this.said = said;
    this.words = words;
    this.filler = filler;
    this.locale = filler.locale();
    this.model = filler.model();
  }

  /** What the layout fills in. */
  Map<String, Object> parts() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("language", locale.getLanguage());
    parts.put("subject", say(said.subject()));
    parts.put("preheader", say(said.preheader()));
    parts.put("heading", say(said.heading()));
    parts.put("greeting", say(said.greeting()));
    var paragraphs = Markup.paragraphs(filler.fill(said.message()));
    parts.put(
        "paragraphs",
        paragraphs.stream().map(runs -> runs.stream().map(Markup.Run::parts).toList()).toList());
    parts.put("plain", paragraphs.stream().map(Markup::plain).toList());
    parts.put("closing", say(said.closing()));
    parts.put("regards", said.signature() == null ? List.of() : lines(said.signature()));
    if (said.blocks().amountBox()) box().ifPresent(box -> parts.put("box", box));
    if (said.blocks().itemTable()) items().ifPresent(items -> parts.put("items", items));
    if (said.blocks().payButton()) button().ifPresent(button -> parts.put("button", button));
    if (said.blocks().bankDetails()) bank().ifPresent(bank -> parts.put("bank", bank));
    parts.put("company", text("company", "name"));
    parts.put("imprint", imprint());
    Accent accent = Accent.of(text("company", "colour"));
    parts.put("ink", accent.ink());
    parts.put("tint", accent.tint());
    return parts;
  }

  /** Number, date and amount, each only where the document has it. */
  private Optional<Map<String, Object>> box() {
    String number = text("document", "number");
    if (number.isEmpty()) return Optional.empty();
    List<Map<String, Object>> rows = new ArrayList<>();
    String kind = text("document", "kind_label");
    row(rows, kind.isEmpty() ? common("box.number") : kind, number);
    if (words.has(purpose + ".date")) row(rows, word("date"), common("box.date"));
    if (words.has(purpose + ".due")) row(rows, word("due"), common("box.due"));
    Map<String, Object> box = new LinkedHashMap<>();
    box.put("rows", rows);
    String amount = words.has(purpose + ".amount") ? common(amountKey()) : "";
    if (!amount.isEmpty()) {
      box.put("amount_label", word("amount"));
      box.put("amount", amount);
    }
    return Optional.of(box);
  }

  /** Of what we paid nothing is due; a deposit may be a part of what the document comes to. */
  private String amountKey() {
    return switch (purpose) {
      case "bill_payment" -> "box.paid";
      case "deposit_link", "payment_link" -> "box.asked";
      default -> "box.amount";
    };
  }

  private static void row(List<Map<String, Object>> rows, String label, String value) {
    if (!value.isEmpty()) rows.add(Map.of("label", label, "value", value));
  }

  /** The document's lines, the first hundred of them; prices only on mails that speak of money. */
  private Optional<Map<String, Object>> items() {
    if (!(model.values().get("document") instanceof Map<?, ?> document)
        || !(document.get("lines") instanceof List<?> lines)
        || lines.isEmpty()) return Optional.empty();
    boolean priced = words.has(purpose + ".amount");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object line : lines.subList(0, Math.min(lines.size(), MOST_ITEMS))) {
      if (!(line instanceof Map<?, ?> values)) continue;
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("line", values);
      facts.put("document", document);
      Plain inLine = Plain.of(facts);
      rows.add(item(inLine, priced));
    }
    Map<String, Object> items = new LinkedHashMap<>();
    items.put("rows", rows);
    items.put("item_label", common("items.item"));
    items.put("quantity_label", common("items.quantity"));
    items.put("amount_label", priced ? common("items.amount") : "");
    int more = lines.size() - rows.size();
    items.put(
        "more", more == 0 ? "" : words.say("items.more", Plain.of(Map.of("count", more)), locale));
    return Optional.of(items);
  }

  private Map<String, Object> item(Plain line, boolean priced) {
    String label = words.say("items.line", line, locale);
    String quantity = words.say("items.count", line, locale);
    String value = priced ? words.say("items.price", line, locale) : "";
    String plain = quantity.isEmpty() ? label : label + ", " + quantity;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("label", label);
    row.put("quantity", quantity);
    row.put("value", value);
    row.put("line", value.isEmpty() ? plain : plain + ": " + value);
    return row;
  }

  private Optional<Map<String, Object>> button() {
    return Stream.of("approve", "pay", "open")
        .filter(link -> words.has(purpose + ".button." + link) || !say(said.button()).isEmpty())
        .filter(link -> Links.isWeb(text("links", link)))
        .findFirst()
        .map(link -> Map.of("label", label(link), "url", text("links", link)));
  }

  private String label(String link) {
    String own = say(said.button());
    return own.isEmpty() ? word("button." + link) : own;
  }

  /** Where to transfer to, where the company has an account. */
  private Optional<Map<String, Object>> bank() {
    if (text("company", "iban").isEmpty()) return Optional.empty();
    List<Map<String, Object>> rows = new ArrayList<>();
    row(rows, common("bank.holder"), text("company", "name"));
    row(rows, common("bank.name"), text("company", "bank"));
    row(rows, common("bank.iban"), text("company", "iban"));
    row(rows, common("bank.bic"), text("company", "bic"));
    row(rows, common("bank.reference"), text("document", "number"));
    return Optional.of(Map.of("rows", rows, "label", common("bank.title")));
  }

  private List<String> imprint() {
    List<String> lines = new ArrayList<>();
    String address = list("company", "address");
    lines.add(
        Stream.of(text("company", "name"), address)
            .filter(text -> !text.isEmpty())
            .reduce((left, right) -> left + ", " + right)
            .orElse(""));
    lines.add(
        Stream.of("phone", "email", "website")
            .map(key -> text("company", key))
            .filter(text -> !text.isEmpty())
            .reduce((left, right) -> left + " · " + right)
            .orElse(""));
    lines.add(common("tax_id"));
    lines.removeIf(String::isBlank);
    return lines;
  }

  private List<String> lines(@Nullable Text text) {
    return text == null ? List.of() : say(text).lines().map(String::strip).toList();
  }

  private String say(Text text) {
    return filler.fill(text).strip();
  }

  private String word(String key) {
    return words.say(purpose + "." + key, model, locale);
  }

  private String common(String key) {
    return words.say(key, model, locale);
  }

  private String text(String part, String key) {
    return model.values().get(part) instanceof Map<?, ?> map
        ? Objects.toString(map.get(key), "").strip()
        : "";
  }

  private String list(String part, String key) {
    if (!(model.values().get(part) instanceof Map<?, ?> map)
        || !(map.get(key) instanceof List<?> lines)) {
      return text(part, key);
    }
    return lines.stream()
        .map(Object::toString)
        .reduce((left, right) -> left + ", " + right)
        .orElse("");
  }
}
