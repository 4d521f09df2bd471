package org.postroom.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.own.Design;
import org.postroom.documents.own.Fault;
import org.postroom.documents.own.OwnPress;
import org.postroom.documents.own.Sample;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Component;

/** Looks at designs and prints them: for a message, a preview, or to see whether they print. */
@Component
class LayoutTrial {
  private static final Path SYSTEM_FONTS = Path.of("/usr/share/fonts");

  private final OwnPress press;
  private final Access access;
  private final Documents documents;
  private final Partners partners;

  LayoutTrial(Settings settings, Access access, Documents documents, Partners partners) {
    this.press = new OwnPress(List.of(settings.home().resolve("fonts"), SYSTEM_FONTS));
    this.access = access;
    this.documents = documents;
    this.partners = partners;
  }

  byte[] print(Design design, Printing printing) {
    return press.print(design, printing);
  }

  /** 422 with every fault, or with why a made-up document of one of the kinds does not print. */
  void require(String company, LayoutDraft draft) {
    List<FieldError> errors = errors(draft.design());
    if (!errors.isEmpty()) throw Problem.invalid(errors);
    Company sender = access.company(company);
    for (DocumentKind kind : draft.kinds()) {
      try {
        press.print(draft.design(), Sample.of(kind, sender, sender.language()));
      } catch (Problem problem) {
        if (problem.status() != 422 || !problem.errors().isEmpty()) throw problem;
        throw Problem.invalid("/html", problem.code(), problem.detail());
      }
    }
  }

  /** A print for people: faults first. */
  byte[] look(Design design, Printing printing) {
    List<FieldError> errors = errors(design);
    if (!errors.isEmpty()) throw Problem.invalid(errors);
    return press.print(design, printing);
  }

  private static List<FieldError> errors(Design design) {
    List<FieldError> errors = new ArrayList<>();
    for (Fault fault : OwnPress.check(design)) errors.add(fault.error());
    return errors;
  }

  /**
   * What is printed for a look.
   *
   * @param number of a real document; null: one made up
   * @param language null: the document's, the partner's or the company's
   */
  Printing shown(
      String company, DocumentKind kind, @Nullable String number, @Nullable Locale language) {
    Company sender = access.company(company);
    if (number == null)
      return Sample.of(kind, sender, language == null ? sender.language() : language);
    StoredDocument stored =
        documents
            .find(company, kind, number)
            .orElseThrow(() ->
                Problem.invalid(
                    "/document",
                    "unknown_document",
                    "There is no " + kind.words() + " “" + number + "”."));
    String ref = stored.document().partner();
    var partner = ref == null ? null : partners.find(company, ref).orElse(null);
    String told = stored.document().language();
    if (told == null && partner != null) told = partner.language();
    Locale spoken = told == null ? sender.language() : Locale.forLanguageTag(told);
    return Printing.of(stored, sender, partner, language == null ? spoken : language, null);
  }
}
