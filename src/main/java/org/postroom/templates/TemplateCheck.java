package org.postroom.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.text.BadText;
import org.postroom.text.Output;
import org.postroom.text.Scope;
import org.postroom.text.Text;
import org.postroom.text.Trouble;
import org.postroom.text.Vocabulary;

/** Looks at a draft before it is kept: what cannot be filled in is never stored. */
final class TemplateCheck {
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
  private static final int LONGEST_LINE = 1_000;
  private static final int LONGEST_WORDS = 4_000;
  private static final int LONGEST_MESSAGE = 50_000;
  private static final int LONGEST_OWN = 200_000;
  private static final int MOST_COPIES = 50;
  private static final int MOST_TROUBLES = 10;

  private final List<FieldError> errors = new ArrayList<>();

  private TemplateCheck() {}

  /** Everything that is wrong, each with its pointer into the API's body. */
  static List<FieldError> errors(TemplateDraft draft) {
    var check = new TemplateCheck();
    check.whole(draft);
    check.body(draft.body());
    return check.errors;
  }

  static void require(TemplateDraft draft) {
    List<FieldError> errors = errors(draft);
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  private void whole(TemplateDraft draft) {
    if (BuiltIn.of("", draft.purpose(), "en").isEmpty())
      error("/purpose", "unknown_value", "There are no mails of this purpose.");
    if (!LANGUAGES.contains(draft.language()))
      error("/language", "unknown_value", "This is no language. Write de, en, fr …");
    if (draft.name().isBlank()) error("/name", "required", "Give the template a name.");
    if (draft.name().length() > 100) error("/name", "too_long", "A name has at most 100 letters.");
    if (draft.level() == Template.Level.PERSONAL && draft.isDefault())
      error("/default", "invalid", "Only templates of the company can be in use for everybody.");
    if (draft.copies().cc().size() > MOST_COPIES) error("/cc", "too_many", tooMany());
    if (draft.copies().bcc().size() > MOST_COPIES) error("/bcc", "too_many", tooMany());
  }

  private static String tooMany() {
    return "At most " + MOST_COPIES + " people get copies.";
  }

  private void body(Body body) {
    if (body.subject().isBlank()) error("/body/subject", "required", "A mail needs a subject.");
    if (body.subject().lines().count() > 1)
      error("/body/subject", "invalid", "A subject is one line.");
    text("/body/subject", body.subject(), LONGEST_LINE, Output.TEXT);
    switch (body) {
      case Body.Simple simple -> simple(simple);
      case Body.Html own -> own(own);
    }
  }

  private void simple(Body.Simple body) {
    text("/body/preheader", body.preheader(), LONGEST_LINE, Output.TEXT);
    text("/body/heading", body.heading(), LONGEST_LINE, Output.TEXT);
    text("/body/greeting", body.greeting(), LONGEST_LINE, Output.TEXT);
    if (body.message().isBlank()) error("/body/message", "required", "Write the message.");
    text("/body/message", body.message(), LONGEST_MESSAGE, Output.HTML);
    text("/body/button", body.button(), LONGEST_LINE, Output.TEXT);
    text("/body/closing", body.closing(), LONGEST_WORDS, Output.TEXT);
    text("/body/signature_text", body.signature().text(), LONGEST_WORDS, Output.TEXT);
  }

  private void own(Body.Html body) {
    if (body.html().isBlank()) error("/body/html", "required", "Write the mail.");
    text("/body/html", body.html(), LONGEST_OWN, Output.HTML);
    if (body.text() != null) text("/body/text", body.text(), LONGEST_OWN, Output.TEXT);
  }

  private void text(String pointer, String source, int longest, Output output) {
    if (source.length() > longest) {
      error(pointer, "too_long", "This has more than " + longest + " letters.");
      return;
    }
    if (source.chars().anyMatch(c -> c < 32 && "\n\r\t".indexOf(c) < 0)) {
      error(pointer, "control_characters", "Control characters are not taken here.");
      return;
    }
    List<Trouble> troubles = Vocabulary.check(source, Scope.MAIL);
    if (troubles.isEmpty()) readable(pointer, source, output);
    for (Trouble trouble : troubles.subList(0, Math.min(troubles.size(), MOST_TROUBLES)))
      errors.add(new FieldError(pointer, trouble.code(), trouble.sentence()));
  }

  /** What passes the vocabulary can be filled in; should it not after all, it is not kept. */
  private void readable(String pointer, String source, Output output) {
    try {
      Text.of(output == Output.HTML ? Markup.html(source) : source, output);
    } catch (BadText wrong) {
      error(pointer, "bad_text", String.valueOf(wrong.getMessage()));
    }
  }

  private void error(String pointer, String code, String message) {
    if (errors.stream().noneMatch(known -> known.pointer().equals(pointer)))
      errors.add(new FieldError(pointer, code, message));
  }
}
