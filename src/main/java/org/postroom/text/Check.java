package org.postroom.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.text.Frames.Meaning;
import org.postroom.text.Placeholder.Kind;

/** Walks through a text and compares what it names with what there is. */
final class Check {
  private static final int MOST_TROUBLES = 50;
  private static final Meaning UNKNOWN = new Meaning(Names.ANY, null);

  private final Frames frames;
  private final Place place;
  private final List<Trouble> troubles = new ArrayList<>();
  private final Map<Integer, String> paths = new HashMap<>();
  private final boolean lenient;

  private Check(Reading reading, Names root, boolean lenient) {
    this.frames = new Frames(root);
    this.place = new Place(reading.source());
    this.lenient = lenient;
  }

  /** All troubles of a text, those of its form first where they hide others. */
  static List<Trouble> troubles(Reading reading, Names root) {
    Check check = new Check(reading, root, false);
    check.parts(reading.parts());
    return sorted(reading.troubles(), check.troubles);
  }

  /** Troubles that no model could mend: words that are not there, too few things for a word. */
  static Check words(Reading reading) {
    Check check = new Check(reading, Catalogue.ALL.root(), true);
    check.parts(reading.parts());
    return check;
  }

  List<Trouble> found(Reading reading) {
    return sorted(reading.troubles(), troubles);
  }

  /** The full path of what stands at a place of the source, where it is known. */
  Map<Integer, String> paths() {
    return paths;
  }

  private static List<Trouble> sorted(List<Trouble> some, List<Trouble> others) {
    List<Trouble> all = new ArrayList<>(some);
    all.addAll(others);
    all.sort(Comparator.comparingInt(Trouble::line).thenComparingInt(Trouble::column));
    return all.size() > MOST_TROUBLES
        ? List.copyOf(all.subList(0, MOST_TROUBLES))
        : List.copyOf(all);
  }

  private void parts(List<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Shown shown -> shown(shown.value());
        case Part.Block block -> block(block);
      }
    }
  }

  private void shown(Expression value) {
    if (value instanceof Expression.Literal literal) {
      add(
          literal.at(),
          "unreadable",
          literal.written(),
          null,
          "A text of its own needs no braces.");
    } else if (value instanceof Expression.Call call && !isParenthesis(call)) {
      call(call);
    } else if (value instanceof Expression.Call call) {
      add(
          call.at(),
          "unreadable",
          "(",
          null,
          "Leave out the parentheses: " + example(call.word()) + ".");
    } else {
      value(value, true);
    }
  }

  private boolean isParenthesis(Expression.Call call) {
    return place.letter(call.at()) == '(';
  }

  private void block(Part.Block block) {
    boolean opens = !block.word().equals("if") && !block.word().equals("unless");
    Meaning about = block.word().equals("each") ? loop(block.about()) : value(block.about(), false);
    if (!Words.BLOCKS.contains(block.word())) about = UNKNOWN;
    if (opens) frames.push(about);
    parts(block.body());
    if (opens) frames.pop();
    parts(block.otherwise());
  }

  private Meaning loop(Expression list) {
    Meaning meaning = value(list, false);
    Names names = meaning.names();
    boolean loops = names.isFree() || names.kind() == Kind.LIST || names.kind() == Kind.TEXTS;
    if (loops) return new Meaning(names.entry(), meaning.path());
    if (list instanceof Expression.Name name)
      add(
          name.at(),
          "not_a_list",
          name.written(),
          null,
          name.written() + " is no list, so there is nothing to repeat.");
    return UNKNOWN;
  }

  /**
   * What it means; where it is unknown, that is told and the rest goes on as if it could be
   * anything.
   */
  private Meaning value(Expression value, boolean written) {
    return switch (value) {
      case Expression.Name name -> name(name, written);
      case Expression.Call call -> call(call);
      case Expression.Round round -> round(round);
      case Expression.Literal literal -> new Meaning(new Names(Kind.TEXT, Map.of()), null);
    };
  }

  private Meaning round(Expression.Round round) {
    if (!frames.inLoop())
      add(
          round.at(),
          "unknown_placeholder",
          round.word(),
          null,
          round.word() + " is told only within {{#each …}}.");
    return new Meaning(new Names(Kind.TEXT, Map.of()), null);
  }

  private Meaning call(Expression.Call call) {
    Words.Use use = Words.USES.get(call.word());
    call.arguments().forEach(argument -> value(argument, false));
    if (use == null) {
      unknownWord(call);
      return UNKNOWN;
    }
    int given = call.arguments().size();
    if (given < use.least() || given > use.most())
      add(
          call.at(),
          "wrong_count",
          call.word(),
          null,
          "The word “" + call.word() + "” is used like this: " + use.example() + ".");
    else if (call.word().equals("required")
        && !(call.arguments().getFirst() instanceof Expression.Name))
      add(
          call.at(),
          "wrong_count",
          call.word(),
          null,
          "Only a placeholder can be required: " + use.example() + ".");
    boolean passes = call.word().equals("required") || call.word().equals("default");
    return passes && given > 0 && call.arguments().getFirst() instanceof Expression.Name name
        ? frames.find(name).orElse(UNKNOWN)
        : UNKNOWN;
  }

  private void unknownWord(Expression.Call call) {
    Set<String> words = Words.USES.keySet();
    Optional<String> nearest = Nearest.to(call.word(), words);
    String hint = nearest.map(word -> " Did you mean " + word + "?").orElse("");
    String sentence =
        frames.known().contains(call.word())
            ? "Only one placeholder stands between two braces."
            : "There is no word “" + Place.cut(call.word()) + "”." + hint;
    add(call.at(), "unknown_word", call.word(), nearest.orElse(null), sentence);
  }

  private Meaning name(Expression.Name name, boolean written) {
    Optional<Meaning> found = frames.find(name);
    if (found.isEmpty()) {
      if (!lenient) unknown(name);
      return UNKNOWN;
    }
    Meaning meaning = found.get();
    if (meaning.path() != null) paths.put(name.at(), meaning.path());
    if (written && !lenient) writable(name, meaning.names());
    return meaning;
  }

  private void writable(Expression.Name name, Names names) {
    String word = name.written();
    if (names.kind() == Kind.LIST)
      add(
          name.at(),
          "not_a_value",
          word,
          null,
          word + " is a list; write {{#each " + word + "}} … {{/each}}.");
    else if (names.kind() == Kind.MAP)
      add(
          name.at(),
          "not_a_value",
          word,
          null,
          word + " holds several values; write " + word + ". and the name of one.");
    else if (names.isGroup()) {
      String first =
          names.below().isEmpty() ? "" : ", such as " + names.below().keySet().iterator().next();
      add(
          name.at(),
          "not_a_value",
          word,
          null,
          word + " is a group of placeholders; name one of them" + first + ".");
    }
  }

  private void unknown(Expression.Name name) {
    if (!frames.canClimb(name.up())) {
      add(
          name.at(),
          "unknown_placeholder",
          name.written(),
          null,
          name.written() + " climbs out of more blocks than there are.");
      return;
    }
    if (Words.has(name.written())) {
      add(
          name.at(),
          "wrong_count",
          name.written(),
          null,
          "The word “" + name.written() + "” is used like this: " + example(name.written()) + ".");
      return;
    }
    Optional<String> list = inList(name);
    Optional<String> nearest = list.isPresent() ? Optional.empty() : nearest(name);
    String hint = nearest.map(near -> " Did you mean " + near + "?").or(() -> list).orElse("");
    add(
        name.at(),
        "unknown_placeholder",
        name.written(),
        nearest.orElse(null),
        "There is no {{"
            + Place.cut(name.written())
            + "}}"
            + (frames.inLoop() ? " here." : ".")
            + hint);
  }

  /** For {@code document.lines.sku}: that it stands in a loop. */
  private Optional<String> inList(Expression.Name name) {
    for (int i = name.path().size() - 1; i > 0; i--) {
      var part =
          new Expression.Name(name.at(), name.up(), name.here(), name.path().subList(0, i), "");
      Optional<Meaning> found = frames.find(part);
      if (found.isPresent() && found.get().names().kind() == Kind.LIST) {
        String rest = String.join(".", name.path().subList(i, name.path().size()));
        String list = String.join(".", part.path());
        return Optional.of(
            " " + list + " is a list; write {{#each " + list + "}}{{" + rest + "}}{{/each}}.");
      }
    }
    return Optional.empty();
  }

  private Optional<String> nearest(Expression.Name name) {
    return Suggestion.of(name.written(), frames.known(name));
  }

  private static String example(String word) {
    Words.Use use = Words.USES.get(word);
    return use == null ? "{{document.number}}" : use.example();
  }

  private void add(int at, String code, String word, @Nullable String nearest, String sentence) {
    if (troubles.size() < MOST_TROUBLES)
      troubles.add(place.trouble(at, code, word, nearest, sentence));
  }
}
