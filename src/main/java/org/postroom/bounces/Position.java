package org.postroom.bounces;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a mailbox was read: a mark for each folder, whose meaning only its reader knows.
 *
 * @param marks by folder
 */
record Position(Map<String, String> marks) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final Position START = new Position(Map.of());

  Position {
    marks = Map.copyOf(marks);
  }

  static Position parse(@Nullable String json) {
    if (json == null) return START;
    try {
      return new Position(JSON.readValue(json, new TypeReference<Map<String, String>>() {}));
    } catch (JacksonException unreadable) {
      return START; // reading again does no harm: each report counts once
    }
  }

  Optional<String> mark(String folder) {
    return Optional.ofNullable(marks.get(folder));
  }

  Position with(String folder, String mark) {
    Map<String, String> more = new TreeMap<>(marks);
    more.put(folder, mark);
    return new Position(more);
  }

  String json() {
    return JSON.writeValueAsString(new TreeMap<>(marks));
  }
}
