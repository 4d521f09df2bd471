package org.postroom.documents;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.http.Problem;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Service;

/** The PDF of a document as it stands: the one that came with it, otherwise made by a layout. */
@Service
public class Pdfs {
  private final Documents documents;
  private final Layouts layouts;
  private final Partners partners;
  private final Access access;

  Pdfs(Documents documents, Layouts layouts, Partners partners, Access access) {
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
    StoredDocument stored =
        documents
            .find(companyId, kind, number)
            .orElseThrow(() -> Problem.notFound("The " + kind.words() + " “" + number + "”"));
    Company company = access.company(companyId);
    Locale language = language(stored.document(), company);
    Optional<FinishedPdf> finished = documents.pdf(companyId, kind, number);
    if (finished.isEmpty()) return layouts.render(stored.current(), company, language);
    String filename = Layouts.filename(stored.document(), language);
    return new Rendered(finished.get().bytes(), filename, "finished-pdf");
  }

  private Locale language(Document document, Company company) {
    return Stream.of(document.language(), ofPartner(company.id(), document.partner()))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map(Locale::forLanguageTag)
        .orElse(company.language());
  }

  private @Nullable String ofPartner(String company, @Nullable String ref) {
    if (ref == null) return null;
    return partners.find(company, ref).map(Partner::language).orElse(null);
  }
}
