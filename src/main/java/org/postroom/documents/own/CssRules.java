package org.postroom.documents.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.own.CssText.Declaration;
import org.postroom.documents.own.CssText.Opening;

/** What may stand in styles: nothing that loads, and nothing that repeats without end. */
final class CssRules {
  private static final int MOST_FAULTS = 20;
  private static final int MOST_RULES = 2_000;
  private static final int DEEPEST = 4;
  private static final Pattern FUNCTION = Pattern.compile("([A-Za-z_-][A-Za-z0-9_-]*)\\(");
  private static final Pattern ADDRESS = Pattern.compile("\\s*([\"']?)([^\"')]*)\\1\\s*\\)");

  private static final Set<String> FUNCTIONS =
      Set.of(
          ("url var counter counters attr rgb rgba hsl hsla cmyk running element linear-gradient"
                  + " rotate scale scalex scaley skew skewx skewy translate translatex translatey"
                  + " matrix target-counter target-text leader not nth-child nth-last-child"
                  + " nth-of-type lang first-child last-child")
              .split(" "));

  private static final Set<String> AT_RULES =
      Set.of(
          ("page media top-left-corner top-left top-center top-right top-right-corner"
                  + " bottom-left-corner bottom-left bottom-center bottom-right"
                  + " bottom-right-corner left-top left-middle left-bottom right-top right-middle"
                  + " right-bottom")
              .split(" "));

  private final String source;
  private final CssText css;
  private final List<Fault> faults = new ArrayList<>();

  private CssRules(String source, CssText css) {
    this.source = source;
    this.css = css;
  }

  static List<Fault> check(String source) {
    if (source.length() > Design.LONGEST_CSS)
      return List.of(new Fault("css", 0, 0, "too_long", "Styles have at most 100,000 letters."));
    CssRules rules = new CssRules(source, CssText.of(source));
    rules.run();
    return rules.faults.stream().distinct().limit(MOST_FAULTS).toList();
  }

  /** The first thing wrong with a style attribute; null where nothing is. */
  static @Nullable String inline(String value) {
    CssRules rules = new CssRules(value, CssText.inline(value));
    rules.run();
    return rules.faults.isEmpty() ? null : rules.faults.getFirst().message();
  }

  private void run() {
    faults.addAll(css.faults());
    int backslash = css.bare().indexOf('\\');
    if (backslash >= 0)
      fault(backslash, "not_allowed", "A backslash can only stand within a quoted text.");
    if (css.openings().size() > MOST_RULES)
      fault(0, "too_much", "Styles have at most 2,000 rules.");
    css.openings().forEach(this::opening);
    functions();
    css.declarations().forEach(this::declaration);
  }

  private void opening(Opening opening) {
    String text = opening.text();
    if (opening.depth() >= DEEPEST)
      fault(opening.place(), "too_much", "Rules nest at most " + DEEPEST + " deep.");
    if (text.startsWith("@")) atRule(opening);
    else if (opening.depth() < 0)
      fault(
          opening.place(),
          "unreadable",
          "“"
              + shown(text)
              + "” is no declaration: a colon, or the braces around it, are missing.");
  }

  private void atRule(Opening opening) {
    String name = opening.text().substring(1).split("[^A-Za-z-]", 2)[0].toLowerCase(Locale.ROOT);
    if (AT_RULES.contains(name) && opening.depth() >= 0) return;
    String why =
        switch (name) {
          case "import" -> "Nothing is loaded: write the styles here.";
          case "font-face" ->
              "Fonts are not loaded: Roboto and the fonts of the server's machine are there.";
          case "charset" -> "It is not needed: everything is UTF-8.";
          default -> "There are @page with its margin boxes and @media.";
        };
    fault(opening.place(), "not_allowed", "@" + shown(name) + " cannot be in a layout. " + why);
  }

  private void functions() {
    Matcher function = FUNCTION.matcher(css.bare());
    while (function.find()) {
      String name = function.group(1).toLowerCase(Locale.ROOT);
      if (name.equals("url")) address(function.end());
      else if (!FUNCTIONS.contains(name))
        fault(function.start(), "not_allowed", "The printer has no " + shown(name) + "().");
    }
  }

  private void address(int from) {
    Matcher address = ADDRESS.matcher(css.clean()).region(from, css.clean().length());
    String trouble = HtmlRules.image(address.lookingAt() ? address.group(2) : "");
    if (trouble != null) fault(from - 4, "not_allowed", trouble);
  }

  /** Tiny tiles would fill a page with millions of pictures. */
  private void declaration(Declaration declaration) {
    String value = declaration.value().toLowerCase(Locale.ROOT);
    boolean background = declaration.name().startsWith("background");
    boolean tiles =
        background
            && (declaration.name().equals("background-repeat")
                || (value.contains("url(") && !tilesNot(declaration.name(), value)));
    if (tiles)
      fault(
          declaration.place(),
          "not_allowed",
          "A background image is not repeated: write background: url(asset:name) no-repeat.");
  }

  private static boolean tilesNot(String name, String value) {
    boolean repeats = value.matches("(?s).*(?<!no-)\\brepeat.*|(?s).*\\b(round|space)\\b.*");
    return name.equals("background")
        && !repeats
        && value.matches("(?s).*\\bno-repeat\\b.*")
        && value.indexOf("url(") == value.lastIndexOf("url(");
  }

  private void fault(int place, String code, String message) {
    faults.add(Fault.at("css", source, place, code, message));
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
