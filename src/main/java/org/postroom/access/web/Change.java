package org.postroom.access.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One entry of the audit trail as a page shows it: field by field from what to what. */
record Change(
    String id,
    Instant at,
    String actor,
    String who,
    String what,
    String subject,
    @Nullable String link,
    List<Field> fields) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> PAGES =
      Map.of("acc", "/accounts/", "usr", "/people/", "msg", "/messages/", "tpl", "/templates/");

  /**
   * @param name null where the whole was told in words
   * @param from null where it did not exist before
   * @param to null where it does not exist any more
   */
  record Field(@Nullable String name, @Nullable String from, @Nullable String to) {}

  static Change of(Audit.Entry entry) {
    return new Change(
        entry.id(),
        entry.at(),
        entry.actor(),
        entry.actorName(),
        words(entry.what()),
        entry.subject(),
        entry.what().endsWith("removed") || entry.what().endsWith("deleted")
            ? null
            : link(entry.subject()),
        fields(entry.from(), entry.to()));
  }

  /** {@code person.role_changed} → "Person: role changed". */
  static String words(String what) {
    String text = what.replace('_', ' ').replaceFirst("[.]", ": ").replace('.', ' ');
    if (text.startsWith("api ")) return "API" + text.substring(3);
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static @Nullable String link(String subject) {
    int end = subject.indexOf('_');
    if (end < 0 || !subject.matches("[a-z]+_[0-9a-z]{26}")) return null;
    String page = PAGES.get(subject.substring(0, end));
    return page == null ? null : page + subject;
  }

  private static List<Field> fields(@Nullable String from, @Nullable String to) {
    if (from == null && to == null) return List.of();
    JsonNode before = object(from);
    JsonNode after = object(to);
    if ((from != null && before == null) || (to != null && after == null))
      return List.of(new Field(null, from, to));
    Set<String> names = new LinkedHashSet<>();
    if (before != null) names.addAll(before.propertyNames());
    if (after != null) names.addAll(after.propertyNames());
    List<Field> fields = new ArrayList<>();
    for (String name : names)
      add(fields, name.replace('_', ' '), at(before, name), at(after, name));
    return fields;
  }

  /** What is made of parts is told part by part; what was and is nothing is not told. */
  private static void add(
      List<Field> fields, String name, @Nullable JsonNode before, @Nullable JsonNode after) {
    boolean parts = before != null && before.isObject() || after != null && after.isObject();
    if (!parts) {
      var field = new Field(name, text(before), text(after));
      if (!Objects.equals(field.from(), field.to())) fields.add(field);
      return;
    }
    Set<String> inside = new LinkedHashSet<>();
    if (before != null) inside.addAll(before.propertyNames());
    if (after != null) inside.addAll(after.propertyNames());
    for (String part : inside)
      add(fields, name + ", " + part.replace('_', ' '), at(before, part), at(after, part));
  }

  private static @Nullable JsonNode at(@Nullable JsonNode object, String name) {
    JsonNode value = object == null ? null : object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static @Nullable JsonNode object(@Nullable String text) {
    if (text == null || !text.startsWith("{")) return null;
    try {
      JsonNode json = JSON.readTree(text);
      return json.isObject() ? json : null;
    } catch (JacksonException cutShort) {
      return null;
    }
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null) return null;
    return value.isString() ? value.stringValue() : value.toString();
  }
}
