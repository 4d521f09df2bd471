package org.postroom.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which styles are harmless: they colour, size and arrange, and load, cover or move nothing. */
final class SafeStyle {
  private static final int LONGEST = 400;
  private static final Pattern PROPERTY =
      Pattern.compile(
          "color|opacity|display|visibility|float|clear|direction|unicode-bidi|hyphens|box-sizing"
              + "|color-scheme|background(-color|-repeat|-position|-size)?"
              + "|border(-(top|right|bottom|left))?(-(width|style|color))?|border-(collapse|spacing)"
              + "|border(-(top|bottom)-(left|right))?-radius|outline(-(width|style|color))?"
              + "|(margin|padding)(-(top|right|bottom|left))?|(min-|max-)?(width|height)"
              + "|font(-(family|size|style|variant|weight|stretch))?|line-height|letter-spacing"
              + "|word-(spacing|wrap|break)|overflow(-wrap|-x|-y)?|white-space|vertical-align"
              + "|text-(align|decoration|decoration-color|decoration-line|decoration-style|indent"
              + "|transform|overflow|shadow)|box-shadow|list-style(-type|-position)?"
              + "|table-layout|caption-side|empty-cells|page-break-(after|before|inside)"
              + "|break-(after|before|inside)|mso-[a-z-]{1,40}|-(webkit|ms)-text-size-adjust");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} \\t\\r\\n#%.,'\"()/+*_-]+");
  private static final Pattern FUNCTION = Pattern.compile("([\\p{L}\\p{N}_-]*)\\s*\\(");
  private static final Set<String> FUNCTIONS = Set.of("rgb", "rgba", "hsl", "hsla", "calc");
  private static final Pattern NEGATIVE = Pattern.compile("(^|[\\s,(])-\\s*[0-9.]");

  private SafeStyle() {}

  /** The harmless ones of a style attribute. */
  static String of(String css) {
    return written(Declaration.list(Sheet.withoutComments(css)));
  }

  static String written(List<Declaration> declarations) {
    return declarations.stream()
        .filter(SafeStyle::isSafe)
        .map(Declaration::written)
        .collect(Collectors.joining(";"));
  }

  private static boolean isSafe(Declaration declaration) {
    String value = declaration.value();
    return value.length() <= LONGEST
        && PROPERTY.matcher(declaration.property()).matches()
        && VALUE.matcher(value).matches()
        && quotesClose(value)
        && FUNCTION
            .matcher(value.toLowerCase(Locale.ROOT))
            .results()
            .allMatch(call -> FUNCTIONS.contains(call.group(1)))
        && !(moves(declaration.property()) && NEGATIVE.matcher(value).find());
  }

  /** With less than nothing of these, text lies over other text or out of sight. */
  private static boolean moves(String property) {
    return property.startsWith("margin")
        || property.equals("text-indent")
        || property.endsWith("-spacing");
  }

  private static boolean quotesClose(String value) {
    return value.chars().filter(letter -> letter == '"').count() % 2 == 0
        && value.chars().filter(letter -> letter == '\'').count() % 2 == 0;
  }
}
