package org.postroom.text;

import org.jsoup.nodes.Entities;

/** The other form of a mail's body: text from HTML, HTML from text. */
public final class PlainText {
  private PlainText() {}

  /**
   * The same words for readers without HTML: headings and paragraphs apart, lists with their marks,
   * tables as aligned rows, links with their address behind them, pictures as their alternative
   * text. What is hidden is left out.
   *
   * @throws BadText if it is too long
   */
  public static String fromHtml(String html) {
    MailHtml.refuseLong(html);
    PlainWriter writer = new PlainWriter();
    writer.write(Page.of(html).body());
    return writer.text();
  }

  /** Paragraphs at empty lines; nothing in the text becomes markup. */
  public static String toHtml(String text) {
    StringBuilder html =
        new StringBuilder("<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>\n");
    for (String paragraph : text.replace("\r\n", "\n").strip().split("\n{2,}")) {
      html.append("<p>")
          .append(Entities.escape(paragraph).replace("\n", "<br>\n"))
          .append("</p>\n");
    }
    return html.append("</body></html>\n").toString();
  }
}
