package org.postroom.bounces.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phrases from a file of the product: sections {@code [name]}, under them families each begun by a
 * line {@code NAME:}, their phrases indented. An underscore is the edge of a word, … any text of at
 * most {@value #GAP} characters, {@code {name}} any of the words of a section {@code [words]}.
 * Searched by plain comparison, so no input can make it slow.
 */
final class Phrases {
  private static final int GAP = 40;

  private static final Pattern CLASS = Pattern.compile("\\{([a-z]+)}");
  private static final String WORDS = "words";

  /** What may stand at one place of a phrase. */
  private record Piece(List<String> any) {}

  /** One family of one section; a phrase is its pieces in their order. */
  private record Family(String name, List<List<Piece>> phrases) {}

  private final Map<String, List<Family>> sections = new LinkedHashMap<>();

  private Phrases() {}

  static Phrases of(String resource) {
    var phrases = new Phrases();
    List<Family> section = new ArrayList<>();
    for (String line : read(resource).split("\n")) {
      if (line.isBlank() || line.startsWith("#")) continue;
      if (line.startsWith("["))
        phrases.sections.put(line.substring(1, line.indexOf(']')), section = new ArrayList<>());
      else if (!line.startsWith(" "))
        section.add(new Family(line.substring(0, line.indexOf(':')), new ArrayList<>()));
      else section.getLast().phrases().add(phrases.pieces(line));
    }
    return phrases;
  }

  /** The same with each of the words a name in braces stands for. */
  private List<String> spelledOut(String piece) {
    Matcher name = CLASS.matcher(piece);
    if (!name.find()) return List.of(piece);
    List<String> all = new ArrayList<>();
    for (String word : words(name.group(1)))
      all.addAll(spelledOut(piece.substring(0, name.start()) + word + piece.substring(name.end())));
    return all;
  }

  /** Words are one piece each: none of them has a gap. */
  private List<String> words(String name) {
    return sections.getOrDefault(WORDS, List.of()).stream()
        .filter(family -> family.name().equals(name))
        .flatMap(family -> family.phrases().stream())
        .flatMap(pieces -> pieces.getFirst().any().stream())
        .toList();
  }

  static String read(String resource) {
    try (InputStream in = Phrases.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException(resource + " is missing.");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private List<Piece> pieces(String line) {
    return Arrays.stream(line.strip().toLowerCase(Locale.ROOT).split(" *… *"))
        .map(piece -> new Piece(spelledOut(piece)))
        .toList();
  }

  /** Whether this one line of the file finds something in the text, which {@link #plain} made. */
  boolean finds(String text, String line) {
    return holds(text, pieces(line));
  }

  /** The first family of this section with a phrase in the text, which {@link #plain} has made. */
  @Nullable String first(String section, String text) {
    for (Family family : sections.getOrDefault(section, List.of()))
      for (List<Piece> phrase : family.phrases()) if (holds(text, phrase)) return family.name();
    return null;
  }

  /** Small letters, single spaces, one kind of apostrophe. */
  static String plain(String text) {
    String small = text.toLowerCase(Locale.ROOT).replace('’', '\'').replace('`', '\'');
    return " " + small.replaceAll("\\s+", " ").strip() + " ";
  }

  private static boolean holds(String text, List<Piece> pieces) {
    for (String word : pieces.getFirst().any()) {
      int start = find(text, word, 0, text.length());
      while (start >= 0) {
        if (goesOn(text, pieces, 1, start + word.length())) return true;
        start = find(text, word, start + 1, text.length());
      }
    }
    return false;
  }

  private static boolean goesOn(String text, List<Piece> pieces, int next, int from) {
    if (next == pieces.size()) return true;
    int until = Math.min(text.length(), from + GAP);
    for (String word : pieces.get(next).any()) {
      int found = find(text, word, from, until);
      if (found >= 0 && goesOn(text, pieces, next + 1, found + word.length())) return true;
    }
    return false;
  }

  /** Where it begins, at the latest at the end; -1 where it does not. */
  private static int find(String text, String word, int from, int until) {
    if (word.indexOf('_') < 0) return text.indexOf(word, from, Math.min(text.length(), until + word.length()));
    for (int at = from; at + word.length() <= text.length() && at <= until; at++) {
      if (matches(text, word, at)) return at;
    }
    return -1;
  }

  private static boolean matches(String text, String piece, int at) {
    for (int i = 0; i < piece.length(); i++) {
      char wanted = piece.charAt(i);
      char c = text.charAt(at + i);
      if (wanted == '_' ? Character.isLetterOrDigit(c) : wanted != c) return false;
    }
    return true;
  }
}
