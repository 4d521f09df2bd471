package org.postroom.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.text.Scanner.Unreadable;

/**
 * Reads a text before the library does, knows where each thing stands, and lets only through what
 * the language promises. Refused are the doors out of it: other files, raw output, changed
 * delimiters, decorators, names of one's own, and blocks whose loops nobody counts.
 */
final class Reader {
  private static final int LONGEST = 200_000;
  private static final int MOST_TAGS = 5_000;
  private static final int DEEPEST = 20;
  private static final int MOST_TROUBLES = 50;

  private final String source;
  private final Place place;
  private final List<Trouble> troubles = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private boolean ended;

  /** A block that waits for its end. */
  private static final class Open {
    final int at;
    final String word;
    final Expression about;
    final boolean chained;
    final List<Part> body = new ArrayList<>();
    final List<Part> otherwise = new ArrayList<>();
    boolean inElse;

    Open(int at, String word, Expression about, boolean chained) {
      this.at = at;
      this.word = word;
      this.about = about;
      this.chained = chained;
    }
  }

  private Reader(String source) {
    this.source = source;
    this.place = new Place(source);
  }

  static Reading read(String source) {
    Reader reader = new Reader(source);
    reader.read();
    return new Reading(source, reader.parts, reader.ends, reader.troubles);
  }

  private void read() {
    if (source.length() > LONGEST) {
      stop(0, "A text has at most 200,000 letters.");
      return;
    }
    int at = source.indexOf("{{");
    for (int count = 0; at >= 0 && !ended; count++) {
      if (count >= MOST_TAGS) stop(at, "A text has at most 5,000 placeholders.");
      else at = source.indexOf("{{", tag(at));
    }
    if (!ended) closeAll();
  }

  /** Reads one tag and says where it ends. */
  private int tag(int at) {
    Scanner scanner = new Scanner(source, at + 2);
    try {
      if (at > 0 && source.charAt(at - 1) == '\\') {
        throw new Unreadable(at - 1, "not_allowed", "A backslash cannot stand before braces.");
      }
      Optional<Integer> comment = comment(at);
      if (comment.isPresent()) return comment.get();
      if (scanner.next("~")) scanner.skip(1);
      refuseDoors(at, scanner);
      read(at, scanner);
      ends.add(scanner.at());
      return scanner.at();
    } catch (Unreadable unreadable) {
      return recover(at, unreadable);
    }
  }

  private Optional<Integer> comment(int at) {
    if (!source.startsWith("{{!", at)) return Optional.empty();
    String close = source.startsWith("{{!--", at) ? "--}}" : "}}";
    int end = source.indexOf(close, at + 3);
    if (end >= 0) return Optional.of(end + close.length());
    add(at, "open_braces", "{{!", null, "This comment is not closed: " + close + " is missing.");
    return Optional.of(source.length());
  }

  private void refuseDoors(int at, Scanner scanner) {
    Scanner behind = new Scanner(source, scanner.at());
    while (behind.next(" ") || behind.next("\n") || behind.next("\t") || behind.next("\r")) {
      behind.skip(1);
    }
    String wrong =
        behind.next(">") || behind.next("*") || behind.next("#>") || behind.next("#*")
            ? "A text cannot include others."
            : behind.next("&") || behind.next("{")
                ? "Values are always escaped: use two braces."
                : behind.next("=")
                    ? "The braces cannot be changed."
                    : behind.next("!") || behind.at() > scanner.at() && isSign(behind)
                        ? "The sign stands directly behind the braces: {{#if …}}, {{/if}}, {{! … }}."
                        : "";
    if (!wrong.isEmpty()) throw new Unreadable(at, "not_allowed", wrong);
  }

  private static boolean isSign(Scanner scanner) {
    return scanner.next("#") || scanner.next("/") || scanner.next("^");
  }

  private void read(int at, Scanner scanner) {
    if (scanner.next("#")) {
      scanner.skip(1);
      start(at, scanner, false);
    } else if (scanner.next("/")) {
      scanner.skip(1);
      close(at, scanner);
    } else if (scanner.next("^")) {
      scanner.skip(1);
      if (!scanner.end()) throw new Unreadable(at, "unknown_block", blocks("^"));
      otherwise(at);
    } else if (startsElse(scanner)) {
      if (scanner.end()) otherwise(at);
      else chain(at, scanner);
    } else {
      Expression value = scanner.whole();
      target().add(new Part.Shown(value));
    }
  }

  /** Steps over the word else if it stands here. */
  private static boolean startsElse(Scanner scanner) {
    Scanner ahead = new Scanner(scanner.source(), scanner.at());
    ahead.blanks();
    if (!ahead.word().equals("else")) return false;
    scanner.skip(ahead.at() - scanner.at());
    return true;
  }

  private void chain(int at, Scanner scanner) {
    Open outer = open.peek();
    if (outer == null || outer.inElse) throw lonelyElse(at);
    outer.inElse = true;
    scanner.blanks();
    start(at, scanner, true);
  }

  private void otherwise(int at) {
    Open block = open.peek();
    if (block == null || block.inElse) throw lonelyElse(at);
    block.inElse = true;
  }

  private static Unreadable lonelyElse(int at) {
    return new Unreadable(
        at,
        "not_open",
        "This else belongs to no block: it stands once between {{#if …}} and {{/if}}.");
  }

  private void start(int at, Scanner scanner, boolean chained) {
    int from = scanner.at();
    String word = scanner.word();
    if (word.isEmpty()) throw new Unreadable(from, "unknown_block", blocks(""));
    if (!Words.BLOCKS.contains(word)) unknownBlock(from, word);
    scanner.apart();
    Expression about = scanner.single();
    if (!scanner.end()) tooMany(scanner);
    push(new Open(at, word, about, chained));
  }

  /** Goes on behind the tag, so that its end finds its start. */
  private void tooMany(Scanner scanner) {
    int end = source.indexOf("}}", scanner.at());
    int next = source.indexOf("{{", scanner.at());
    if (end < 0 || next >= 0 && next < end) throw scanner.open();
    add(
        scanner.at(),
        "wrong_count",
        source.substring(scanner.at(), end),
        null,
        "A block is about one thing, or a word in parentheses: {{#if (eq document.currency \"EUR\")}}.");
    scanner.skip(end + 2 - scanner.at());
  }

  private void unknownBlock(int from, String word) {
    String nearest = Nearest.to(word, Words.BLOCKS).orElse(null);
    String hint = nearest == null ? "" : " Did you mean " + nearest + "?";
    add(from, "unknown_block", word, nearest, blocks(word) + hint);
  }

  private static String blocks(String word) {
    return "There is no block \"" + Place.cut(word) + "\": blocks are if, unless, each and with.";
  }

  private void push(Open block) {
    if (open.size() >= DEEPEST) stop(block.at, "Blocks nest at most 20 deep.");
    open.push(block);
  }

  private void close(int at, Scanner scanner) {
    scanner.blanks();
    String word = scanner.word();
    if (!scanner.end())
      throw new Unreadable(at, "open_braces", "A placeholder is not closed: }} is missing.");
    boolean known = open.stream().anyMatch(block -> !block.chained && block.word.equals(word));
    if (!known) {
      add(
          at,
          "not_open",
          word,
          null,
          "There is no open block that {{/" + Place.cut(word) + "}} could close.");
      return;
    }
    while (true) {
      Open block = pop();
      if (block.chained) continue;
      if (block.word.equals(word)) return;
      notClosed(block);
    }
  }

  private Open pop() {
    Open block = open.pop();
    target().add(new Part.Block(block.word, block.about, block.body, block.otherwise));
    return block;
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      Open block = pop();
      if (!block.chained) notClosed(block);
    }
    troubles.sort(
        java.util.Comparator.comparingInt(Trouble::line).thenComparingInt(Trouble::column));
  }

  private void notClosed(Open block) {
    add(
        block.at,
        "not_closed",
        block.word,
        null,
        "This {{#" + block.word + " …}} is not closed: {{/" + block.word + "}} is missing.");
  }

  private List<Part> target() {
    Open block = open.peek();
    if (block == null) return parts;
    return block.inElse ? block.otherwise : block.body;
  }

  /** After a tag that cannot be read: on behind its end, or at the next tag if it has none. */
  private int recover(int at, Unreadable unreadable) {
    int end = source.indexOf("}}", at + 2);
    int next = source.indexOf("{{", at + 2);
    boolean isOpen = end < 0 || next >= 0 && next < end && next > at + 2;
    if (isOpen && !unreadable.code.equals("not_allowed")) {
      add(
          at,
          "open_braces",
          source.substring(at, Math.min(source.length(), at + 20)).lines().findFirst().orElse(""),
          null,
          "A placeholder is not closed: }} is missing.");
    } else {
      add(unreadable.at, unreadable.code, "", null, unreadable.sentence());
    }
    if (unreadable.code.equals("too_much")) ended = true;
    return isOpen ? (next < 0 ? source.length() : next) : end + 2;
  }

  private void add(int at, String code, String word, @Nullable String nearest, String sentence) {
    if (troubles.size() < MOST_TROUBLES)
      troubles.add(place.trouble(at, code, word, nearest, sentence));
  }

  private void stop(int at, String sentence) {
    add(at, "too_much", "", null, sentence);
    ended = true;
  }
}
