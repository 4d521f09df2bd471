package org.postroom.documents;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.http.Problem;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** The PDF of a document as it stands: the one that came with it, otherwise made by a layout. */
@Service
public class Pdfs {
  private final Documents documents;
  private final Layouts layouts;
  private final Partners partners;
  private final Access access;
  private final Finishing finishing;
  private final ObjectProvider<LayoutChoice> choice;

  Pdfs(
      Documents documents,
      Layouts layouts,
      Partners partners,
      Access access,
      Finishing finishing,
      ObjectProvider<LayoutChoice> choice) {
    this.choice = choice;
    this.finishing = finishing;
    this.documents = documents;
    this.layouts = layouts;
    this.partners = partners;
    this.access = access;
  }

  /**
   * The same bytes that a mail with this document carries.
   *
   * @throws Problem 404 where the company has no such document
   */
  public Rendered of(String companyId, DocumentKind kind, String number) {
    return of(printing(companyId, kind, number));
  }

  /** The PDF that came with the document, otherwise that of the wished layout; both finished. */
  public Rendered of(Printing printing) {
    Document document = printing.document();
    return documents
        .pdf(printing.company().id(), document.kind(), document.number())
        .map(came -> finishing.finish(printing, came))
        .orElseGet(() -> layouts.print(printing));
  }

  /** How the document is printed where nobody says otherwise; 404 where there is none. */
  public Printing printing(String companyId, DocumentKind kind, String number) {
    StoredDocument stored = find(companyId, kind, number);
    Company company = access.company(companyId);
    Partner partner = partner(companyId, stored.document().partner());
    Locale language = language(stored.document(), partner, company);
    LayoutChoice chosen = choice.getIfAvailable(() -> (firm, document) -> null);
    return Printing.of(stored, company, partner, language, chosen.of(company, stored));
  }

  private StoredDocument find(String company, DocumentKind kind, String number) {
    return documents
        .find(company, kind, number)
        .orElseThrow(() -> Problem.notFound("The " + kind.words() + " “" + number + "”"));
  }

  private static Locale language(Document document, @Nullable Partner partner, Company company) {
    return Stream.of(document.language(), partner == null ? null : partner.language())
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map(Locale::forLanguageTag)
        .orElse(company.language());
  }

  private @Nullable Partner partner(String company, @Nullable String ref) {
    return ref == null ? null : partners.find(company, ref).orElse(null);
  }
}
