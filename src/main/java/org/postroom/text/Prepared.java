package org.postroom.text;

import java.util.Map;
import java.util.TreeMap;

/**
 * A text as the library is given it. It differs from what a person wrote in few points: a word that
 * notes what is missing is told the name of it, and a name alone is never taken for a word of the
 * language ({@code {{date}}} within lines is their date).
 */
final class Prepared {
  private final TreeMap<Integer, String> insertions = new TreeMap<>();
  private final Reading reading;
  private final Map<Integer, String> paths;

  private Prepared(Reading reading, Map<Integer, String> paths) {
    this.reading = reading;
    this.paths = paths;
  }

  static String of(Reading reading, Map<Integer, String> paths) {
    Prepared prepared = new Prepared(reading, paths);
    prepared.parts(reading.parts());
    prepared.apart();
    return prepared.written();
  }

  private void parts(Iterable<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Shown(Expression.Name name) when isWord(name.written()) ->
            insertions.put(name.at(), "this.");
        case Part.Shown(Expression value) -> value(value);
        case Part.Block block -> {
          value(block.about());
          parts(block.body());
          parts(block.otherwise());
        }
      }
    }
  }

  private static boolean isWord(String name) {
    return Words.has(name) || Words.BLOCKS.contains(name);
  }

  private void value(Expression value) {
    if (!(value instanceof Expression.Call call)) return;
    call.arguments().forEach(this::value);
    if (!call.word().equals("required")) return;
    if (!(call.arguments().getFirst() instanceof Expression.Name name)) return;
    String path = paths.getOrDefault(name.at(), name.written());
    insertions.put(name.at() + name.written().length(), " \"" + path + "\"");
  }

  /** The library takes three braces for its own sign, though one may be a style sheet's. */
  private void apart() {
    for (int end : reading.ends()) {
      String source = reading.source();
      if (source.startsWith("}", end) || source.startsWith("~", end)) insertions.put(end, "{{! }}");
    }
  }

  private String written() {
    StringBuilder written = new StringBuilder();
    int from = 0;
    for (Map.Entry<Integer, String> insertion : insertions.entrySet()) {
      written.append(reading.source(), from, insertion.getKey()).append(insertion.getValue());
      from = insertion.getKey();
    }
    return written.append(reading.source(), from, reading.source().length()).toString();
  }
}
