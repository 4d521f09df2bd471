package org.postroom.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * The little that can be written into a message besides words: {@code **strong**}, {@code
 * *emphasis*} and {@code [words](address)}. It is understood in what the writer typed and never in
 * values: those are text, whatever they hold.
 */
final class Markup {
  private static final Pattern TAG =
      Pattern.compile("\\{\\{!--.*?--}}|\\{\\{.*?}}", Pattern.DOTALL);

  /** A placeholder while the words around it are read; no typed text holds these characters. */
  private static final Pattern MARK = Pattern.compile("\uE000(\\d{1,6})\uE001");

  private static final Pattern STRONG =
      Pattern.compile("\\*\\*(?=\\S)([^*]{1,2000}?)(?<=\\S)\\*\\*");
  private static final Pattern EMPHASIS = Pattern.compile("\\*(?=\\S)([^*]{1,2000}?)(?<=\\S)\\*");
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\[\\]\\n]{1,300})]\\(([^()\\s]{1,1000})\\)");
  private static final Pattern PARAGRAPHS = Pattern.compile("\\n[ \\t]*(?:\\n[ \\t]*)+");

  private Markup() {}

  /** What was typed as the source of an HTML text, line for line. */
  static String html(String typed) {
    List<String> tags = new ArrayList<>();
    String marked =
        TAG.matcher(typed.replace("\r\n", "\n").replaceAll("[\uE000\uE001]", ""))
            .replaceAll(tag -> {
              tags.add(tag.group());
              return "\uE000" + (tags.size() - 1) + "\uE001";
            });
    String html = marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    html = html.replace("\"", "&quot;");
    html = LINK.matcher(html).replaceAll("<a href=\"$2\">$1</a>");
    html = STRONG.matcher(html).replaceAll("<strong>$1</strong>");
    html = EMPHASIS.matcher(html).replaceAll("<em>$1</em>");
    return MARK.matcher(html)
        .replaceAll(mark -> Matcher.quoteReplacement(tags.get(Integer.parseInt(mark.group(1)))));
  }

  /** Some words that look alike, or the end of a line. */
  record Run(String text, Look look, boolean br) {
    /** For the layout. Every key is there, so that none is looked for further out. */
    Map<String, Object> parts() {
      return Map.of(
          "text", text,
          "strong", look.strong(),
          "em", look.em(),
          "url", look.url(),
          "br", br);
    }
  }

  record Look(boolean strong, boolean em, String url) {
    static final Look PLAIN = new Look(false, false, "");

    Look in(Element element) {
      return switch (element.normalName()) {
        case "strong" -> new Look(true, em, url);
        case "em" -> new Look(strong, true, url);
        case "a" -> new Look(strong, em, Links.safe(element.attr("href")));
        default -> this;
      };
    }
  }

  /** The paragraphs of a filled-in text; those with nothing left in them are left out. */
  static List<List<Run>> paragraphs(String html) {
    List<List<Run>> paragraphs = new ArrayList<>();
    for (String part : PARAGRAPHS.split(html.replace("\r\n", "\n").strip(), -1)) {
      List<Run> runs = new ArrayList<>();
      walk(Jsoup.parseBodyFragment(part.strip()).body(), runs, Look.PLAIN);
      if (runs.stream().anyMatch(run -> !run.text().isBlank())) paragraphs.add(runs);
    }
    return paragraphs;
  }

  /** A paragraph as lines without markup; where links lead stands behind their words. */
  static List<String> plain(List<Run> runs) {
    var text = new StringBuilder();
    for (Run run : runs) {
      if (run.br()) text.append('\n');
      text.append(run.text());
      String url = run.look().url();
      if (!url.isEmpty() && !url.equals(run.text())) text.append(" (").append(url).append(')');
    }
    return text.toString().lines().map(String::strip).toList();
  }

  private static void walk(Element element, List<Run> runs, Look look) {
    for (Node node : element.childNodes()) {
      if (node instanceof TextNode words) lines(words.getWholeText(), runs, look);
      else if (node instanceof Element inner) walk(inner, runs, look.in(inner));
    }
  }

  private static void lines(String text, List<Run> runs, Look look) {
    boolean first = true;
    for (String line : text.split("\n", -1)) {
      if (!first) runs.add(new Run("", Look.PLAIN, true));
      String words = line.replaceAll("[ \\t]+", " ");
      if (!words.isEmpty()) runs.add(new Run(words, look, false));
      first = false;
    }
  }
}
