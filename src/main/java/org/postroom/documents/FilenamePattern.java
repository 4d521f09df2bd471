package org.postroom.documents;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.http.Problem;
import org.postroom.partners.Partner;
import org.postroom.text.BadText;
import org.postroom.text.Output;
import org.postroom.text.Plain;
import org.postroom.text.Text;

/** What PDFs are called: a text with placeholders, made safe for every file system. */
final class FilenamePattern {
  private static final int LONGEST = 300;

  private FilenamePattern() {}

  /** The pattern as it is kept; 422 where it is no text with placeholders or names nothing. */
  static String check(String pattern) {
    String one = pattern.strip();
    if (one.isEmpty()) return DocumentSettings.INITIAL.filename();
    if (one.length() > LONGEST || one.chars().anyMatch(Character::isISOControl))
      throw wrong("A file name's pattern is one line of at most " + LONGEST + " characters.");
    try {
      Text.of(one, Output.TEXT).fill(Plain.NOTHING, Locale.ENGLISH);
    } catch (BadText bad) {
      throw wrong(bad.getMessage() == null ? "This pattern cannot be read." : bad.getMessage());
    }
    return one;
  }

  /** With the ending; where the pattern comes to nothing, kind and number. */
  static String fill(
      String pattern,
      Document document,
      Company company,
      @Nullable Partner partner,
      Locale language) {
    if (pattern.equals(DocumentSettings.INITIAL.filename()))
      return Layouts.filename(document, language);
    String filled;
    try {
      filled =
          Text.of(pattern, Output.TEXT)
              .fill(Plain.of(model(document, company, partner, language)), language);
    } catch (BadText bad) {
      return Layouts.filename(document, language);
    }
    if (filled.codePoints().noneMatch(Character::isLetterOrDigit))
      return Layouts.filename(document, language);
    return Layouts.filename(filled);
  }

  private static Map<String, Object> model(
      Document document, Company company, @Nullable Partner partner, Locale language) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("kind", document.kind().word());
    about.put("kind_label", Layouts.kindLabel(document.kind(), language));
    about.put("number", document.number());
    about.put("currency", document.currency());
    if (document.issueDate() != null) about.put("issue_date", document.issueDate().toString());
    if (document.dueDate() != null) about.put("due_date", document.dueDate().toString());
    about.put("references", document.references());
    about.put("fields", document.fields());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("document", about);
    model.put("company", Map.of("name", company.name()));
    if (partner != null) model.put("partner", Map.of("ref", partner.ref(), "name", partner.name()));
    return model;
  }

  private static Problem wrong(String message) {
    return Problem.invalid("/pattern", "bad_pattern", message);
  }
}
