package org.postroom.documents.own;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a page. All else is refused when a layout is saved, and left out when printed.
 */
final class HtmlRules {
  static final int DEEPEST = 60;

  private static final Set<String> ELEMENTS =
      Set.of(
          ("html head title body meta div span p br hr h1 h2 h3 h4 h5 h6 b strong i em u s small sub"
                  + " sup del ins mark abbr cite code pre blockquote q address section article"
                  + " header footer main aside nav figure figcaption ul ol li dl dt dd table caption"
                  + " colgroup col thead tbody tfoot tr td th img a bdo bdi wbr center time data")
              .split(" "));

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "class",
          "id",
          "style",
          "lang",
          "dir",
          "title",
          "colspan",
          "rowspan",
          "span",
          "width",
          "height",
          "align",
          "valign",
          "alt",
          "charset",
          "start",
          "type",
          "value",
          "reversed",
          "scope",
          "headers",
          "abbr",
          "datetime",
          "cellspacing",
          "cellpadding",
          "border",
          "bgcolor",
          "name",
          "content",
          "role");

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("script", "A layout is printed; nothing can run in it."),
          Map.entry("style", "Write styles into the CSS field."),
          Map.entry("link", "Nothing is loaded; write styles into the CSS field."),
          Map.entry("iframe", "Nothing from elsewhere can be shown."),
          Map.entry("frame", "Nothing from elsewhere can be shown."),
          Map.entry("object", "Nothing from elsewhere can be shown; use an image of the layout."),
          Map.entry("embed", "Nothing from elsewhere can be shown; use an image of the layout."),
          Map.entry("svg", "Upload the drawing as a PNG image of the layout."),
          Map.entry("math", "Upload the formula as a PNG image of the layout."),
          Map.entry("base", "Addresses are not completed."),
          Map.entry("form", "Paper has no forms."),
          Map.entry("input", "Paper has no forms."),
          Map.entry("font", "Write the typeface into the CSS field."));

  private HtmlRules() {}

  static boolean allows(String element) {
    return ELEMENTS.contains(element);
  }

  static String refusal(String element) {
    String more = INSTEAD.getOrDefault(element, "Use div, span, p, table, img and the like.");
    return "<" + shown(element) + "> cannot be in a layout. " + more;
  }

  /** Why the attribute cannot be there; null where it can. */
  static @Nullable String trouble(String element, String name, String value) {
    if (name.equals("src")) return element.equals("img") ? image(value) : stranger(element, name);
    if (name.equals("href")) return element.equals("a") ? link(value) : stranger(element, name);
    if (name.startsWith("on")) return "“" + shown(name) + "” would run a script; nothing can run.";
    if (name.equals("style")) return CssRules.inline(value);
    boolean known =
        ATTRIBUTES.contains(name) || name.startsWith("data-") || name.startsWith("aria-");
    return known ? null : stranger(element, name);
  }

  /** Images come from the layout itself; an address elsewhere would have to be loaded. */
  static @Nullable String image(String address) {
    if (address.strip().matches("asset:[a-z][a-z0-9_-]{0,39}")) return null;
    return "Images are not loaded from elsewhere: upload the image to this layout and name it as"
        + " asset:its-name. asset:logo is the company's logo, asset:qr the payment code.";
  }

  /** A link is only written into the PDF; nobody follows it here. */
  private static @Nullable String link(String address) {
    String start = address.strip().toLowerCase(Locale.ROOT);
    boolean fine =
        start.startsWith("https://")
            || start.startsWith("http://")
            || start.startsWith("mailto:")
            || start.startsWith("tel:")
            || start.startsWith("#")
            || start.isEmpty();
    return fine ? null : "Links start with https://, http://, mailto:, tel: or #.";
  }

  private static String stranger(String element, String name) {
    return "<" + shown(element) + "> cannot have the attribute “" + shown(name) + "” in a layout.";
  }

  private static String shown(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }
}
