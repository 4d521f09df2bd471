package org.postroom.templates;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.postroom.access.Accent;
import org.postroom.text.Plain;

/**
 * The words of one mail, filled in and put where the shared layout shows them. Parts whose facts
 * are missing are left out.
 */
final class Letter {
  private static final int MOST_PARAGRAPHS = 4;

  private final String purpose;
  private final Words words;
  private final Locale locale;
  private final Plain model;

  Letter(String purpose, Words words, Locale locale, Plain model) {
    this.purpose = purpose;
    this.words = words;
    this.locale = locale;
    this.model = model;
  }

  String subject() {
    return word("subject");
  }

  /** What the layout fills in. */
  Map<String, Object> parts() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("language", words.language());
    parts.put("subject", subject());
    parts.put("preheader", word("preheader"));
    parts.put("heading", word("heading"));
    parts.put("greeting", common("greeting"));
    parts.put("paragraphs", paragraphs());
    parts.put("closing", word("closing"));
    parts.put("regards", common("regards").lines().toList());
    box().ifPresent(box -> parts.put("box", box));
    button().ifPresent(button -> parts.put("button", button));
    parts.put("company", text("company", "name"));
    parts.put("imprint", imprint());
    Accent accent = Accent.of(text("company", "colour"));
    parts.put("ink", accent.ink());
    parts.put("tint", accent.tint());
    return parts;
  }

  private List<String> paragraphs() {
    return Stream.iterate(1, i -> i <= MOST_PARAGRAPHS, i -> i + 1)
        .map(i -> word("p" + i))
        .filter(text -> !text.isBlank())
        .toList();
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
    String amount = words.has(purpose + ".amount") ? common("box.amount") : "";
    if (!amount.isEmpty()) {
      box.put("amount_label", word("amount"));
      box.put("amount", amount);
    }
    return Optional.of(box);
  }

  private void row(List<Map<String, Object>> rows, String label, String value) {
    if (!value.isEmpty()) rows.add(Map.of("label", label, "value", value));
  }

  private Optional<Map<String, Object>> button() {
    return Stream.of("approve", "pay")
        .filter(link -> words.has(purpose + ".button." + link) && isWeb(text("links", link)))
        .findFirst()
        .map(link -> Map.of("label", word("button." + link), "url", text("links", link)));
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

  private static boolean isWeb(String address) {
    try {
      String scheme = new URI(address).getScheme();
      return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    } catch (java.net.URISyntaxException noAddress) {
      return false;
    }
  }
}
