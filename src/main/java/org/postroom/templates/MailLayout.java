package org.postroom.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.postroom.text.Output;
import org.postroom.text.Plain;
import org.postroom.text.Text;

/** Makes whole mails: words in our layout, or HTML of one's own. */
final class MailLayout {
  private static final int LONGEST_SUBJECT = 255;
  private static final Text HTML = file("mail.html", Output.HTML);
  private static final Text TEXT = file("mail.txt", Output.TEXT);

  private MailLayout() {}

  /**
   * Subject, HTML and plain text.
   *
   * @param missing what the texts require and did not get
   */
  record Mail(String subject, String html, String text, List<String> missing) {}

  static Mail write(String purpose, Compiled body, Filler filler) {
    return switch (body) {
      case Compiled.Simple said -> inOurLayout(purpose, said, filler);
      case Compiled.Html own -> own(own, filler);
    };
  }

  private static Mail inOurLayout(String purpose, Compiled.Simple said, Filler filler) {
    Locale locale = filler.locale();
    Plain parts = Plain.of(new Letter(purpose, said, Words.in(locale), filler).parts());
    String subject = oneLine(filler.fill(said.subject()));
    String html = HTML.fill(parts, locale);
    return new Mail(subject, html, tidy(TEXT.fill(parts, locale)), filler.missing());
  }

  private static Mail own(Compiled.Html own, Filler filler) {
    String subject = oneLine(filler.fill(own.subject()));
    String html = OwnHtml.clean(filler.fill(own.html()));
    String text = own.text() == null ? OwnHtml.text(html) : filler.fill(own.text());
    return new Mail(subject, html, tidy(text), filler.missing());
  }

  static Body.Html html(Body.Simple simple) {
    var html = new StringBuilder();
    if (!simple.heading().isBlank()) add(html, "h1", simple.heading());
    for (String part : List.of(simple.greeting(), simple.message(), simple.closing()))
      for (String paragraph : part.strip().split("\\n\\s*\\n", -1))
        if (!paragraph.isBlank()) add(html, "p", paragraph);
    if (simple.signature().on()) add(html, "p", simple.signature().text());
    return new Body.Html(simple.subject(), html.toString(), null);
  }

  private static void add(StringBuilder html, String tag, String words) {
    html.append('<').append(tag).append('>');
    html.append(Markup.html(words.strip()).replace("\n", "<br>\n"));
    html.append("</").append(tag).append(">\n");
  }

  /** A subject is one line without control characters; letters are never cut in half. */
  static String oneLine(String subject) {
    String line =
        subject
            .replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ")
            .replaceAll(" {2,}", " ")
            .strip();
    if (line.length() <= LONGEST_SUBJECT) return line;
    int end = LONGEST_SUBJECT - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) end--;
    return line.substring(0, end) + "…";
  }

  /**
   * No more than one empty line in a row, no blanks at line ends, except behind the two dashes that
   * start a signature (RFC 3676, 4.3).
   */
  private static String tidy(String text) {
    return text.replaceAll("(?m)(?<!^--)[ \\t]+$", "").replaceAll("\\n{3,}", "\n\n").strip() + "\n";
  }

  private static Text file(String name, Output output) {
    try (InputStream stream = MailLayout.class.getResourceAsStream("/mail/" + name)) {
      if (stream == null) throw new IllegalStateException("/mail/" + name + " is missing");
      return Text.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8), output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
