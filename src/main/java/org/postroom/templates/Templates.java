package org.postroom.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.text.Output;
import org.postroom.text.Plain;
import org.postroom.text.Text;
import org.springframework.stereotype.Service;

/** The texts of mails: subject, HTML and plain text for each purpose. */
@Service
public class Templates {
  private static final String BUILT_IN = "built-in";
  private static final int LONGEST_SUBJECT = 255;

  private final Text html = file("mail.html", Output.HTML);
  private final Text text = file("mail.txt", Output.TEXT);

  /**
   * The text for a purpose, filled in.
   *
   * @throws Problem 422 when there is no such template or purpose
   */
  public Content render(Wish wish) {
    Words words =
        wish.template() == null
            ? Words.in(wish.language())
            : wished(wish.template(), wish.purpose());
    if (!words.has(wish.purpose() + ".subject")) {
      throw Problem.invalid(
          "/purpose", "unknown", "There is no text for " + quoted(wish.purpose()) + ".");
    }
    // Figures follow the reader's country where the words are in the reader's language.
    boolean same = words.language().equals(wish.language().getLanguage());
    Locale locale = same ? wish.language() : Locale.forLanguageTag(words.language());
    String reason = reason(wish.purpose(), words, wish.template(), wish.language());
    return content(wish.purpose(), words, locale, reason, wish.model());
  }

  /** The languages with built-in words. */
  public List<String> languages() {
    return List.of("en", "de").stream().filter(word -> Words.of(word).isPresent()).toList();
  }

  private Content content(
      String purpose, Words words, Locale locale, String reason, Map<String, Object> model) {
    Letter letter = new Letter(purpose, words, locale, Plain.of(model));
    Plain parts = Plain.of(letter.parts());
    return new Content(
        oneLine(letter.subject()),
        html.fill(parts, locale),
        tidy(text.fill(parts, locale)),
        BUILT_IN + ":" + purpose + ":" + words.language(),
        reason,
        Copies.NONE,
        List.of());
  }

  /** {@code built-in:invoice:de}. */
  private static Words wished(String template, String purpose) {
    String start = BUILT_IN + ":" + purpose + ":";
    String language = template.startsWith(start) ? template.substring(start.length()) : "";
    return Words.of(language)
        .orElseThrow(() ->
            Problem.invalid(
                "/template",
                "unknown",
                "There is no template " + quoted(template) + " for this purpose."));
  }

  private static String reason(
      String purpose, Words words, @Nullable String template, Locale language) {
    String plain =
        "Built-in text for "
            + Words.in(Locale.ENGLISH).say(purpose + ".name", Plain.NOTHING, Locale.ENGLISH)
            + " in "
            + name(Locale.forLanguageTag(words.language()));
    if (template != null) return plain + ", as chosen.";
    boolean asWished = words.language().equals(language.getLanguage());
    return asWished ? plain + "." : plain + ", as there is none in " + name(language) + ".";
  }

  private static String name(Locale language) {
    String name = language.getDisplayLanguage(Locale.ENGLISH);
    return name.isEmpty() ? "the reader's language" : name;
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

  private static String quoted(String word) {
    return "\"" + oneLine(word) + "\"";
  }

  private static Text file(String name, Output output) {
    try (InputStream stream = Templates.class.getResourceAsStream("/mail/" + name)) {
      if (stream == null) throw new IllegalStateException("/mail/" + name + " is missing");
      return Text.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8), output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
