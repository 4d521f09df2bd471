package org.postroom.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * The demo's business as its files in {@code resources/demo} tell it. Dates stand there as {@code
 * today-9}, so that the firm is never out of date.
 */
final class DemoFiles {
  private static final Pattern DAY = Pattern.compile("today([+-]\\d{1,3})?");
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private DemoFiles() {}

  /** The firm; the rest of its file is what a company says of itself. */
  record Firm(
      Named administrator, List<Mailbox> accounts, List<String> automations, JsonNode company) {}

  record Named(String name, String email) {}

  /**
   * A further account.
   *
   * @param sends kinds of documents that leave from it
   */
  record Mailbox(
      String name, String email, String displayName, boolean active, List<String> sends) {}

  /**
   * A mail of the firm.
   *
   * @param document as {@code kind/number}; null for free mail
   * @param partner ref, for mail about no document in the words of its purpose
   * @param link where such mail leads to
   * @param purpose null: the document's usual one
   * @param byItself sent by Postroom, not by the administrator
   * @param inDays leaves at nine o'clock that many days from now; null: at once
   */
  record Mail(
      @Nullable String document,
      @Nullable String purpose,
      @Nullable String partner,
      @Nullable String link,
      @Nullable List<String> to,
      @Nullable String subject,
      @Nullable String text,
      @Nullable String account,
      @Nullable Integer inDays,
      @Nullable Boolean byItself,
      @Nullable Boolean cancelled) {}

  /**
   * @param document as {@code kind/number}
   */
  record Event(String id, String type, String document) {}

  static Firm firm() {
    JsonNode file = read("company.json");
    return new Firm(
        JSON.treeToValue(file.get("administrator"), Named.class),
        list(file.get("accounts"), Mailbox.class),
        list(file.get("automations"), String.class),
        file);
  }

  static List<JsonNode> partners() {
    return read("partners.json").valueStream().toList();
  }

  /** Documents as the API takes them, with kind and number inside. */
  static List<JsonNode> documents(LocalDate today) {
    JsonNode documents = read("documents.json");
    setDays(documents, today);
    return documents.valueStream().toList();
  }

  static List<Mail> mails() {
    return list(read("messages.json"), Mail.class);
  }

  static List<Event> events() {
    return list(read("events.json"), Event.class);
  }

  static byte[] bytes(JsonNode node) {
    return JSON.writeValueAsBytes(node);
  }

  private static void setDays(JsonNode node, LocalDate today) {
    if (node.isArray()) node.forEach(one -> setDays(one, today));
    if (!(node instanceof tools.jackson.databind.node.ObjectNode object)) return;
    for (var field : List.copyOf(object.properties())) {
      JsonNode value = field.getValue();
      Matcher day = DAY.matcher(value.isString() ? value.stringValue() : "");
      if (day.matches()) object.set(field.getKey(), StringNode.valueOf(day(day, today).toString()));
      else setDays(value, today);
    }
  }

  private static LocalDate day(Matcher day, LocalDate today) {
    return day.group(1) == null ? today : today.plusDays(Integer.parseInt(day.group(1)));
  }

  private static <T> List<T> list(JsonNode array, Class<T> type) {
    return array.valueStream().map(one -> JSON.treeToValue(one, type)).toList();
  }

  private static JsonNode read(String name) {
    try (InputStream file = DemoFiles.class.getResourceAsStream("/demo/" + name)) {
      if (file == null) throw new IllegalStateException("The demo lacks its file " + name);
      return JSON.readTree(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
