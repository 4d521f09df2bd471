package org.postroom.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** Leaves of HTML what is harmless. */
final class Cleaner {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_ -]{1,200}");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,4})?(%|px|pt|em)?");
  private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{3,8}|[A-Za-z]{1,30}");
  private static final Pattern LINK = Pattern.compile("(?is)(https?://|mailto:|tel:|#).*");
  private static final Pattern IMAGE = Pattern.compile("(?is)(https://|cid:).*");
  private static final Pattern SELECTOR =
      Pattern.compile("[\\p{L}\\p{N}_ .#*,:>+~()\\[\\]=\"'-]{1,500}");
  private static final String MARKED = "data-safe-style";
  private static final PolicyFactory POLICY = policy();

  private Cleaner() {}

  static String clean(String html) {
    Page page = Page.of(html);
    String sheet = page.takeStyles();
    Page safe = new Page(Jsoup.parse(""), page.whole());
    safe.document().outputSettings().prettyPrint(false);
    if (page.whole()) head(page, safe);
    safe.body().html(POLICY.sanitize(withMarkedStyles(page.body())));
    safe.body().getAllElements().forEach(Cleaner::tidy);
    safe.putStyle(sheet(sheet));
    return safe.written();
  }

  /** The sanitiser has its own idea of styles; under another name it leaves ours alone. */
  private static String withMarkedStyles(Element body) {
    for (Element element : body.getAllElements()) {
      element.removeAttr(MARKED);
      String style = element.hasAttr("style") ? SafeStyle.of(element.attr("style")) : "";
      element.removeAttr("style");
      if (!style.isEmpty()) element.attr(MARKED, style);
    }
    return body.html();
  }

  /** Styles back under their name; no comments, which the sanitiser puts between braces. */
  private static void tidy(Element element) {
    if (element.hasAttr(MARKED)) {
      String style = SafeStyle.of(element.attr(MARKED));
      element.removeAttr(MARKED);
      if (!style.isEmpty()) element.attr("style", style);
    }
    List<Node> children = List.copyOf(element.childNodes());
    children.stream().filter(Comment.class::isInstance).forEach(Node::remove);
  }

  private static void head(Page page, Page safe) {
    safe.document().prependChild(new org.jsoup.nodes.DocumentType("html", "", ""));
    Element head = safe.document().head();
    head.appendElement("meta").attr("charset", "utf-8");
    head.appendElement("meta")
        .attr("name", "viewport")
        .attr("content", "width=device-width, initial-scale=1");
    if (!page.document().title().isEmpty())
      head.appendElement("title").text(page.document().title());
    Element root = page.document().selectFirst("html");
    String language = root == null ? "" : root.attr("lang");
    if (language.matches("[A-Za-z-]{1,35}")) safe.document().child(0).attr("lang", language);
    body(page.body(), safe.body());
  }

  private static void body(Element from, Element to) {
    Map<String, @Nullable String> attributes = new LinkedHashMap<>();
    attributes.put("style", SafeStyle.of(from.attr("style")));
    attributes.put("class", matching(WORD, from.attr("class")));
    attributes.put("bgcolor", matching(COLOUR, from.attr("bgcolor")));
    attributes.put("dir", matching(Pattern.compile("ltr|rtl"), from.attr("dir")));
    attributes.forEach((name, value) -> {
      if (value != null && !value.isEmpty()) to.attr(name, value);
    });
  }

  private static @Nullable String matching(Pattern pattern, String value) {
    return pattern.matcher(value).matches() ? value : null;
  }

  /** The harmless rules, written anew. */
  private static String sheet(String css) {
    Map<String, StringBuilder> byMedia = new LinkedHashMap<>();
    for (Sheet.Rule rule : Sheet.rules(css)) {
      String style = SafeStyle.written(rule.declarations());
      if (style.isEmpty() || !SELECTOR.matcher(rule.selectors()).matches()) continue;
      byMedia
          .computeIfAbsent(rule.media(), media -> new StringBuilder())
          .append(rule.selectors().replaceAll("\\s+", " "))
          .append(" { ")
          .append(style)
          .append(" }\n");
    }
    List<String> parts = new ArrayList<>();
    byMedia.forEach((media, rules) ->
        parts.add(media.isEmpty() ? rules.toString() : media + " {\n" + rules + "}\n"));
    return String.join("", parts);
  }

  private static PolicyFactory policy() {
    HtmlPolicyBuilder policy = new HtmlPolicyBuilder();
    policy.allowElements(
        "a",
        "abbr",
        "address",
        "article",
        "aside",
        "b",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr");
    // Without attributes these are dropped otherwise, though a rule may style them.
    policy.allowWithoutAttributes("a", "font", "img", "span");
    policy.allowUrlProtocols("https", "http", "mailto", "tel", "cid");
    attributes(policy);
    return policy.toFactory();
  }

  private static void attributes(HtmlPolicyBuilder policy) {
    policy.allowAttributes(MARKED).globally();
    policy.allowAttributes("class", "id").matching(WORD).globally();
    policy.allowAttributes("title", "alt", "summary", "aria-label", "scope").globally();
    policy
        .allowAttributes("dir", "lang", "align", "valign", "role", "aria-hidden")
        .matching(WORD)
        .globally();
    policy
        .allowAttributes(
            "width",
            "height",
            "border",
            "cellpadding",
            "cellspacing",
            "colspan",
            "rowspan",
            "span",
            "size",
            "start")
        .matching(SIZE)
        .globally();
    policy.allowAttributes("bgcolor", "color").matching(COLOUR).globally();
    policy.allowAttributes("nowrap", "noshade", "type").matching(WORD).globally();
    policy
        .allowAttributes("face")
        .matching(Pattern.compile("[\\p{L}\\p{N} ,'-]{1,200}"))
        .onElements("font");
    policy.allowAttributes("href").matching(LINK).onElements("a");
    policy.allowAttributes("src").matching(IMAGE).onElements("img");
  }
}
