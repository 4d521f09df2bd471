package org.postroom.bounces.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phrases from a file of the product: sections {@code [name]}, under them families each begun by a
 * line {@code NAME:}, their phrases indented. An underscore is the edge of a word, … any text of at
 * most {@value #GAP} characters, · a single one, {@code {name}} any of the words of a section
 * {@code [words]}. Searched by plain comparison, so no input can make it slow.
 */
final class Phrases {
  private static final int GAP = 40;
  private static final char EDGE = '_';

  private static final Pattern GAPS = Pattern.compile(" *[…·] *");
  private static final Pattern CLASS = Pattern.compile("\\{([a-z]+)}");
  private static final String WORDS = "words";

  /** What may stand at one place of a phrase, and how far at most from what stands before it. */
  private record Piece(List<Word> any, int gap) {}

  /**
   * @param lead how many edges stand before the anchor
   * @param anchor the letters up to the next edge, to look for
   */
  private record Word(String text, int lead, String anchor) {
    static Word of(String text) {
      int lead = 0;
      while (lead < text.length() - 1 && text.charAt(lead) == EDGE) lead++;
      int end = text.indexOf(EDGE, lead);
      return new Word(text, lead, text.substring(lead, end < 0 ? text.length() : end));
    }
  }

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
        .map(Word::text)
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
    List<Piece> pieces = new ArrayList<>();
    int gap = 0;
    for (String part : GAPS.splitWithDelimiters(line.strip().toLowerCase(Locale.ROOT), 0)) {
      if (GAPS.matcher(part).matches()) gap = part.contains("·") ? 1 : GAP;
      else pieces.add(new Piece(spelledOut(part).stream().map(Word::of).toList(), gap));
    }
    return pieces;
  }

  /** Finds what this one line of the file says in a text that {@link #plain} has made. */
  Predicate<String> finder(String line) {
    List<Piece> pieces = pieces(line);
    return text -> holds(text, pieces);
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
    for (Word word : pieces.getFirst().any()) {
      int start = find(text, word, 0, text.length());
      while (start >= 0) {
        if (goesOn(text, pieces, 1, start + word.text().length())) return true;
        start = find(text, word, start + 1, text.length());
      }
    }
    return false;
  }

  private static boolean goesOn(String text, List<Piece> pieces, int next, int from) {
    if (next == pieces.size()) return true;
    for (Word word : pieces.get(next).any()) {
      int found = find(text, word, from, from + pieces.get(next).gap());
      if (found >= 0 && goesOn(text, pieces, next + 1, found + word.text().length())) return true;
    }
    return false;
  }

  /** Where it begins, at the latest at {@code until}; -1 where it does not. */
  private static int find(String text, Word word, int from, int until) {
    int last = Math.min(until, text.length() - word.text().length());
    int end = last + word.lead() + word.anchor().length();
    for (int at = from; at <= last; at++) {
      int anchor = text.indexOf(word.anchor(), at + word.lead(), end);
      if (anchor < 0) return -1;
      at = anchor - word.lead();
      if (matches(text, word.text(), at)) return at;
    }
    return -1;
  }

  private static boolean matches(String text, String piece, int at) {
    for (int i = 0; i < piece.length(); i++) {
      char wanted = piece.charAt(i);
      char c = text.charAt(at + i);
      if (wanted == EDGE ? Character.isLetterOrDigit(c) : wanted != c) return false;
    }
    return true;
  }
}
