package org.postroom.compose;

import java.time.ZoneId;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Puts the link to the files into the words of a mail. */
final class LinkWords {
  private static final String SIGNATURE = "\n-- \n";

  private LinkWords() {}

  static Words in(Words words, Linked linked, ZoneId zone) {
    String sentence = sentence(linked, zone);
    return new Words(
        words.subject(),
        html(words.html(), sentence, linked.url()),
        text(words.text(), sentence + "\n" + linked.url()),
        words.template(),
        words.reason(),
        words.copies());
  }

  private static String sentence(Linked linked, ZoneId zone) {
    DownloadWords say = DownloadWords.in(linked.language());
    String names =
        linked.files().stream()
            .map(file -> file.filename() + " (" + say.size(file.content().length) + ")")
            .collect(Collectors.joining(", "));
    String key = linked.files().size() == 1 ? "mail.one" : "mail.many";
    return say.say(key, names, say.day(linked.until(), zone));
  }

  /** Above the regards in our layout, at the end elsewhere. */
  private static String html(String html, String sentence, String url) {
    Document mail = Jsoup.parse(html);
    mail.outputSettings().prettyPrint(false);
    Element paragraph = new Element("p").attr("style", "margin:0 0 16px 0;").appendText(sentence);
    paragraph.appendElement("br");
    paragraph.appendElement("a").attr("href", url).text(url);
    Element last = mail.select("td.card > p").last();
    if (last == null) mail.body().appendChild(paragraph);
    else last.before(paragraph);
    return mail.outerHtml();
  }

  private static String text(String text, String words) {
    int signature = text.lastIndexOf(SIGNATURE);
    if (signature < 0) return text.stripTrailing() + "\n\n" + words + "\n";
    return text.substring(0, signature).stripTrailing()
        + "\n\n"
        + words
        + "\n"
        + text.substring(signature);
  }
}
