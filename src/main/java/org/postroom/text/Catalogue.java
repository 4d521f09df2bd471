package org.postroom.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.text.Placeholder.Kind;
import tools.jackson.databind.json.JsonMapper;

/** The placeholders of {@code placeholders.json}, as a list for people and a tree for checks. */
final class Catalogue {
  static final Catalogue MAIL = read(Scope.MAIL);
  static final Catalogue LAYOUT = read(Scope.LAYOUT);
  static final Catalogue ALL = read(null);

  private final List<PlaceholderGroup> groups = new ArrayList<>();
  private final Names root = Names.group();

  private record File(List<FileGroup> groups) {}

  private record FileGroup(
      String id, String name, @JsonProperty("name_de") String nameDe, List<Entry> placeholders) {}

  private record Entry(
      String path,
      String kind,
      String name,
      @JsonProperty("name_de") String nameDe,
      @Nullable String about,
      @Nullable String sample,
      @Nullable String currency,
      @Nullable String only,
      @Nullable List<Entry> each) {}

  private Catalogue() {}

  static Catalogue of(Scope scope) {
    return scope == Scope.MAIL ? MAIL : LAYOUT;
  }

  List<PlaceholderGroup> groups() {
    return List.copyOf(groups);
  }

  Names root() {
    return root;
  }

  private static Catalogue read(@Nullable Scope scope) {
    Catalogue catalogue = new Catalogue();
    for (FileGroup group : file().groups()) {
      List<Placeholder> placeholders = new ArrayList<>();
      for (Entry entry : group.placeholders()) {
        if (scope == null
            || entry.only() == null
            || scope.name().toLowerCase(Locale.ROOT).equals(entry.only()))
          catalogue.add(placeholders, group.id(), null, catalogue.root, entry);
      }
      if (!placeholders.isEmpty())
        catalogue.groups.add(
            new PlaceholderGroup(group.id(), group.name(), group.nameDe(), placeholders));
    }
    return catalogue;
  }

  private void add(
      List<Placeholder> placeholders,
      String group,
      @Nullable String within,
      Names parent,
      Entry entry) {
    Kind kind = Kind.valueOf(entry.kind().toUpperCase(Locale.ROOT));
    Placeholder placeholder =
        new Placeholder(
            group,
            entry.path(),
            within,
            kind,
            entry.name(),
            entry.nameDe(),
            Objects.requireNonNullElse(entry.about(), ""),
            Objects.requireNonNullElse(entry.sample(), ""),
            entry.currency());
    placeholders.add(placeholder);
    Names names = plant(parent, entry.path(), kind);
    if (entry.each() == null) return;
    for (Entry below : entry.each()) add(placeholders, group, placeholder.full(), names, below);
  }

  private static Names plant(Names parent, String path, Kind kind) {
    Names at = parent;
    String[] words = path.split("\\.");
    for (int i = 0; i < words.length - 1; i++) {
      at = at.below().computeIfAbsent(words[i], word -> Names.group());
    }
    Map<String, Names> below = kind == Kind.LIST ? new LinkedHashMap<>() : Map.of();
    Names names = new Names(kind, below);
    if (at.below().put(words[words.length - 1], names) != null)
      throw new IllegalStateException("Twice in placeholders.json: " + path);
    return names;
  }

  private static File file() {
    try (InputStream stream = Catalogue.class.getResourceAsStream("/placeholders.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(stream), File.class);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
