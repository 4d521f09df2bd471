package org.postroom.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.text.Placeholder.Kind;

/**
 * What can be named at one place of the model: a tree of groups, lists and values.
 *
 * @param kind null: a group, which has no value itself
 * @param below the names in a group, or in each entry of a list
 */
record Names(@Nullable Kind kind, Map<String, Names> below) {
  /** A value nobody knows beforehand: an own field. It may be anything. */
  static final Names ANY = new Names(null, Map.of());

  static Names group() {
    return new Names(null, new LinkedHashMap<>());
  }

  boolean isGroup() {
    return kind == null && this != ANY;
  }

  boolean isFree() {
    return this == ANY || kind == Kind.MAP;
  }

  /** What stands behind a dot; null where there is no such name. */
  @Nullable Names at(String name) {
    if (isFree()) return ANY;
    if (kind == Kind.TEXTS || kind == Kind.LIST) return name.matches("[0-9]{1,9}") ? entry() : null;
    return isGroup() ? below.get(name) : null;
  }

  /** What a loop over it is about. */
  Names entry() {
    if (kind == Kind.LIST) return new Names(null, below);
    return kind == Kind.TEXTS ? new Names(Kind.TEXT, Map.of()) : ANY;
  }
}
