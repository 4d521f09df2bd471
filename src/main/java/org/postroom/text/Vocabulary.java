package org.postroom.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.text.Placeholder.Kind;

/**
 * The placeholders texts may use, from {@code placeholders.json}, and what a text makes of them
 * that is wrong.
 */
public final class Vocabulary {
  private Vocabulary() {}

  /** A placeholder and how a text would write its value in some model; empty where it has none. */
  public record Present(Placeholder placeholder, String value) {}

  /** All there are in such texts, in the order people read them. */
  public static List<PlaceholderGroup> groups(Scope scope) {
    return Catalogue.of(scope).groups();
  }

  /**
   * All that is not possible in a text, in the order of its lines; empty where it may be used as it
   * is. What passes here never fails as {@link BadText} for its form.
   */
  public static List<Trouble> check(String source, Scope scope) {
    return Check.troubles(Reader.read(source), Catalogue.of(scope).root());
  }

  /**
   * Each placeholder with its value in this model, as a text would write it. Within lists it is the
   * first entry's. Names the ERP chose stand behind the map they are in.
   */
  public static List<Present> values(Plain model, Scope scope, Locale locale) {
    List<Present> all = new ArrayList<>();
    for (PlaceholderGroup group : groups(scope)) {
      for (Placeholder placeholder : group.placeholders()) add(all, placeholder, model, locale);
    }
    return all;
  }

  private static void add(List<Present> all, Placeholder placeholder, Plain model, Locale locale) {
    Object value = find(model.values(), placeholder.full());
    all.add(new Present(placeholder, written(placeholder, value, model, locale)));
    if (placeholder.kind() != Kind.MAP || !(value instanceof Map<?, ?> map)) return;
    map.forEach((key, below) -> all.add(own(placeholder, String.valueOf(key), below)));
  }

  /** A name the ERP chose; what is no plain word stands in brackets. */
  private static Present own(Placeholder map, String key, @Nullable Object value) {
    String word = key.matches("[A-Za-z_][A-Za-z0-9_-]*") ? key : "[" + key + "]";
    boolean list = value instanceof List<?>;
    Placeholder placeholder =
        new Placeholder(
            map.group(),
            map.path() + "." + word,
            map.within(),
            list ? Kind.TEXTS : value instanceof Map<?, ?> ? Kind.MAP : Kind.TEXT,
            key,
            key,
            "",
            "",
            null);
    return new Present(placeholder, Shown.text(value));
  }

  private static String written(
      Placeholder placeholder, @Nullable Object value, Plain model, Locale locale) {
    if (value == null) return "";
    return switch (placeholder.kind()) {
      case TEXT, TEXTS -> Shown.text(value);
      case DATE -> Amounts.date(value, locale);
      case NUMBER -> Amounts.number(value, locale);
      case AMOUNT -> Amounts.money(value, currency(placeholder, model), locale);
      case LIST -> value instanceof List<?> list ? "× " + list.size() : "";
      case MAP -> value instanceof Map<?, ?> map ? "× " + map.size() : "";
    };
  }

  /** The name of a currency is looked for as a text does: in the entry first, then outside. */
  private static @Nullable Object currency(Placeholder placeholder, Plain model) {
    if (placeholder.currency() == null) return null;
    String within = placeholder.within();
    while (within != null) {
      Object found = find(model.values(), within + "." + placeholder.currency());
      if (found != null) return found;
      int dot = within.lastIndexOf('.');
      within = dot < 0 ? null : within.substring(0, dot);
    }
    return find(model.values(), placeholder.currency());
  }

  private static @Nullable Object find(@Nullable Object model, String path) {
    Object at = model;
    for (String word : path.split("\\.")) {
      if (at instanceof List<?> list) at = list.isEmpty() ? null : list.getFirst();
      at = at instanceof Map<?, ?> map ? map.get(word) : null;
    }
    return Objects.equals(at, "") ? null : at;
  }
}
