package org.postroom.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  /** Subject, HTML and plain text. */
  record Mail(String subject, String html, String text) {}

  static Mail write(String purpose, Compiled body, Locale locale, Plain model) {
    return switch (body) {
      case Compiled.Simple said -> inOurLayout(purpose, said, locale, model);
      case Compiled.Html own -> own(own, locale, model);
    };
  }

  private static Mail inOurLayout(
      String purpose, Compiled.Simple said, Locale locale, Plain model) {
    var letter = new Letter(purpose, said, Words.in(locale), locale, model);
    Plain parts = Plain.of(letter.parts());
    return new Mail(
        subject(said, locale, model), HTML.fill(parts, locale), tidy(TEXT.fill(parts, locale)));
  }

  private static Mail own(Compiled.Html own, Locale locale, Plain model) {
    String html = OwnHtml.clean(own.html().fill(model, locale));
    String text = own.text() == null ? OwnHtml.text(html) : own.text().fill(model, locale);
    return new Mail(subject(own, locale, model), html, tidy(text));
  }

  private static String subject(Compiled body, Locale locale, Plain model) {
    return oneLine(body.subject().fill(model, locale));
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
