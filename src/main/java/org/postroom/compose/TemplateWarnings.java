package org.postroom.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.postroom.templates.Body;
import org.postroom.templates.Content;
import org.postroom.templates.Template;

/** What the writer of a text should look at before it goes to anybody. */
final class TemplateWarnings {
  private static final int LONG_SUBJECT = 70;
  private static final int HEAVY = 100 * 1024;

  private TemplateWarnings() {}

  static List<String> of(Template template, Content content, Map<String, Object> model) {
    List<String> warnings = new ArrayList<>();
    for (String path : content.missing())
      warnings.add("{{" + path + "}} is required and has no value here: this would not be sent.");
    if (content.subject().isBlank()) warnings.add("With this document the subject is empty.");
    if (content.subject().length() > LONG_SUBJECT)
      warnings.add("The subject is longer than 70 characters; phones cut it.");
    if (content.html().getBytes(StandardCharsets.UTF_8).length > HEAVY)
      warnings.add("The mail is larger than 100 KB; Gmail cuts it off there.");
    if (wantsButton(template) && !has(model, "pay") && !has(model, "approve"))
      warnings.add("This document has no link to pay or approve, so the button is left out.");
    links(Jsoup.parse(content.html()), warnings);
    return warnings;
  }

  /** Where somebody wrote words for it; the built-in words say nothing when there is no link. */
  private static boolean wantsButton(Template template) {
    return template.body() instanceof Body.Simple simple
        && simple.blocks().payButton()
        && !simple.button().isBlank();
  }

  private static boolean has(Map<String, Object> model, String link) {
    return model.get("links") instanceof Map<?, ?> links && links.get(link) != null;
  }

  private static void links(Document mail, List<String> warnings) {
    mail.select("a[href^=http:]").stream()
        .map(link -> link.attr("href"))
        .distinct()
        .limit(5)
        .forEach(href -> warnings.add("The link " + cut(href) + " is not https."));
    for (Element link : mail.select("a:not([href]), a[href='']"))
      warnings.add("“" + cut(link.text()) + "” is a link without an address.");
    long silent = mail.select("img:not([alt])").size();
    if (silent > 0) warnings.add("There are pictures without words (alt) for those who see none.");
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
