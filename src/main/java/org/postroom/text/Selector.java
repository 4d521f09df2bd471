package org.postroom.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * A selector of a style sheet, as far as it can be decided once and for all: names, classes, ids,
 * attributes, first and last child, and how they stand to each other.
 */
final class Selector {
  private static final int MOST_PARTS = 12;
  private static final Pattern SIMPLE =
      Pattern.compile(
          "\\G(?:([*]|[A-Za-z][A-Za-z0-9]*)|\\.([\\p{L}_-][\\p{L}\\p{N}_-]*)|#([\\p{L}_-][\\p{L}\\p{N}_-]*)"
              + "|\\[([A-Za-z-]+)(?:=[\"']?([^\"'\\]]*)[\"']?)?]|:(first-child|last-child))");

  private final List<Compound> compounds;
  private final int specificity;

  /**
   * @param before how it stands to the compound before it: a blank, {@code >}, {@code +}, {@code ~}
   */
  private record Compound(char before, List<Simple> all) {}

  private record Simple(char kind, String name, @Nullable String value) {}

  private Selector(List<Compound> compounds, int specificity) {
    this.compounds = compounds;
    this.specificity = specificity;
  }

  /** Empty where it cannot be decided here ({@code a:hover}) or is none. */
  static Optional<Selector> of(String text) {
    List<Compound> compounds = new ArrayList<>();
    int specificity = 0;
    char before = ' ';
    for (String word : text.strip().replaceAll("\\s*([>+~])\\s*", " $1 ").split("\\s+")) {
      if (word.matches("[>+~]")) {
        before = word.charAt(0);
        continue;
      }
      List<Simple> all = new ArrayList<>();
      Matcher matcher = SIMPLE.matcher(word);
      int end = 0;
      while (end < word.length() && matcher.find()) {
        Simple simple = simple(matcher, all.isEmpty());
        if (simple == null) return Optional.empty();
        all.add(simple);
        specificity += weight(simple);
        end = matcher.end();
      }
      if (end < word.length() || all.isEmpty()) return Optional.empty();
      compounds.add(new Compound(before, all));
      before = ' ';
      if (compounds.size() > MOST_PARTS) return Optional.empty();
    }
    return compounds.isEmpty()
        ? Optional.empty()
        : Optional.of(new Selector(compounds, specificity));
  }

  private static @Nullable Simple simple(Matcher matcher, boolean first) {
    if (matcher.group(1) != null)
      return first ? new Simple('t', matcher.group(1).toLowerCase(Locale.ROOT), null) : null;
    if (matcher.group(2) != null) return new Simple('.', matcher.group(2), null);
    if (matcher.group(3) != null) return new Simple('#', matcher.group(3), null);
    if (matcher.group(4) != null)
      return new Simple('[', matcher.group(4).toLowerCase(Locale.ROOT), matcher.group(5));
    return new Simple(':', matcher.group(6), null);
  }

  /** CSS 2.1, 6.4.3, with room for more than ten of a kind. */
  private static int weight(Simple simple) {
    return switch (simple.kind()) {
      case '#' -> 1_000_000;
      case 't' -> simple.name().equals("*") ? 0 : 1;
      default -> 1_000;
    };
  }

  int specificity() {
    return specificity;
  }

  boolean matches(Element element, Work work) {
    return matches(element, compounds.size() - 1, work);
  }

  private boolean matches(Element element, int at, Work work) {
    work.step(1 + element.attributesSize() / 4 + element.className().length() / 16);
    Compound compound = compounds.get(at);
    for (Simple simple : compound.all()) if (!matches(element, simple)) return false;
    if (at == 0) return true;
    return switch (compound.before()) {
      case '>' -> element.parent() != null && matches(element.parent(), at - 1, work);
      case '+' ->
          element.previousElementSibling() != null
              && matches(element.previousElementSibling(), at - 1, work);
      case '~' -> any(element.previousElementSibling(), at, work, true);
      default -> any(element.parent(), at, work, false);
    };
  }

  private boolean any(@Nullable Element start, int at, Work work, boolean siblings) {
    Element element = start;
    while (element != null) {
      if (matches(element, at - 1, work)) return true;
      element = siblings ? element.previousElementSibling() : element.parent();
    }
    return false;
  }

  private static boolean matches(Element element, Simple simple) {
    return switch (simple.kind()) {
      case 't' -> simple.name().equals("*") || element.normalName().equals(simple.name());
      case '.' -> element.hasClass(simple.name());
      case '#' -> element.id().equals(simple.name());
      case '[' ->
          element.hasAttr(simple.name())
              && (simple.value() == null || element.attr(simple.name()).equals(simple.value()));
      default ->
          (simple.name().equals("first-child")
                  ? element.previousElementSibling()
                  : element.nextElementSibling())
              == null;
    };
  }

  /** How much matching may go on for one page. */
  static final class Work {
    private int left;

    Work(int steps) {
      this.left = steps;
    }

    void step(int cost) {
      left -= cost;
      if (left < 0) throw new BadText("The style sheet takes too much work for this page.");
    }
  }
}
