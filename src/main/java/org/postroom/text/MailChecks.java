package org.postroom.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/** What can be said about a mail beside its preview. */
public final class MailChecks {
  private static final int LONGEST_SUBJECT = 70;

  /** Above that some mail readers cut a message off. */
  private static final int LARGEST = 100 * 1024;

  private static final int MOST = 50;

  private MailChecks() {}

  /**
   * @throws BadText if the HTML is too long
   */
  public static List<MailCheck> of(String subject, String html) {
    MailHtml.refuseLong(html);
    List<MailCheck> checks = new ArrayList<>();
    subject(checks, subject);
    Element body = Page.of(html).body();
    links(checks, body);
    images(checks, body);
    size(checks, html);
    if (body.text().isBlank())
      checks.add(new MailCheck("no_text", "", "There are no words in this mail."));
    return checks.size() > MOST ? List.copyOf(checks.subList(0, MOST)) : List.copyOf(checks);
  }

  private static void subject(List<MailCheck> checks, String subject) {
    int letters = subject.codePointCount(0, subject.length());
    if (subject.isBlank()) checks.add(new MailCheck("no_subject", "", "The subject is empty."));
    if (letters > LONGEST_SUBJECT)
      checks.add(
          new MailCheck(
              "long_subject",
              String.valueOf(letters),
              "The subject has " + letters + " letters; many mail readers show about 70."));
  }

  private static void links(List<MailCheck> checks, Element body) {
    body.select("a[href]").stream()
        .map(link -> link.attr("href").strip())
        .filter(address -> !address.matches("(?is)(https:|mailto:|tel:|#|cid:).*"))
        .distinct()
        .limit(MOST)
        .forEach(address ->
            checks.add(
                new MailCheck(
                    "insecure_link", Place.cut(address), "This link does not start with https.")));
  }

  private static void images(List<MailCheck> checks, Element body) {
    body.select("img").stream()
        .filter(image -> !image.hasAttr("alt"))
        .limit(MOST)
        .forEach(image ->
            checks.add(
                new MailCheck(
                    "image_without_text",
                    Place.cut(image.attr("src")),
                    "This picture has no alternative text for readers that do not show it.")));
  }

  private static void size(List<MailCheck> checks, String html) {
    int bytes = html.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LARGEST)
      checks.add(
          new MailCheck(
              "too_large",
              bytes / 1024 + " KB",
              "The text is "
                  + bytes / 1024
                  + " KB long; some mail readers cut off what is over 100 KB."));
  }
}
