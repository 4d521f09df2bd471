package org.postroom.compose;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.accounts.Route;
import org.postroom.accounts.Routes;
import org.postroom.db.Database;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.LayoutChoice;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.rules.Decisions;
import org.postroom.rules.Rules;
import org.springframework.stereotype.Component;

/** Finds what a mail is about, and what the company has settled for such mails. */
@Component
class Subjects implements LayoutChoice {
  private final Documents documents;
  private final Partners partners;
  private final Routes routes;
  private final Rules rules;
  private final Database database;

  Subjects(Documents documents, Partners partners, Routes routes, Rules rules, Database database) {
    this.documents = documents;
    this.partners = partners;
    this.routes = routes;
    this.rules = rules;
    this.database = database;
  }

  Subject of(Company company, MessageRequest request) {
    String partner = request.extras().partner();
    if (request.document() == null && partner != null && request.purpose() != null)
      return to(company, partner, request.purpose());
    if (request.document() == null)
      return new Subject(null, null, request.purpose(), null, Decisions.NONE, today(company));
    return about(company, request.document(), request.purpose(), "/document");
  }

  private Subject to(Company company, String ref, Purpose purpose) {
    Partner partner =
        partners
            .find(company.id(), ref)
            .orElseThrow(() ->
                Problem.invalid(
                    "/partner",
                    "unknown_partner",
                    "The partner “" + ref + "” is not known. Put the partner first."));
    LocalDate today = today(company);
    Decisions decisions =
        rules.decide(company.id(), RuleFacts.of(company, null, partner, purpose, today));
    return new Subject(null, partner, purpose, null, decisions, today);
  }

  @Override
  public @Nullable String of(Company company, StoredDocument stored) {
    Document document = stored.document();
    var ref = new DocumentRef(document.kind().word(), document.number());
    return about(company, ref, null, "/document").layout(null).id();
  }

  /**
   * @param purpose null: what documents of the kind are usually sent for
   * @param pointer to the field that names the document
   * @throws Problem 422 where there is no such document
   */
  Subject about(Company company, DocumentRef ref, @Nullable Purpose purpose, String pointer) {
    StoredDocument stored = stored(company, ref, pointer);
    String partnerRef = stored.document().partner();
    Partner partner =
        partnerRef == null ? null : partners.find(company.id(), partnerRef).orElse(null);
    DocumentKind kind = stored.document().kind();
    Purpose meant = purpose == null ? Purposes.of(kind) : purpose;
    Route route = routes.find(company.id(), kind.word()).orElse(null);
    LocalDate today = today(company);
    Decisions decisions =
        rules.decide(company.id(), RuleFacts.of(company, stored, partner, meant, today));
    return new Subject(stored, partner, meant, route, decisions, today);
  }

  private LocalDate today(Company company) {
    return database.now().atZone(company.timeZone()).toLocalDate();
  }

  private StoredDocument stored(Company company, DocumentRef ref, String pointer) {
    DocumentKind kind =
        DocumentKind.of(ref.kind())
            .orElseThrow(() ->
                Problem.invalid(
                    pointer + "/kind",
                    "unknown_kind",
                    "“" + ref.kind() + "” is no kind of document."));
    String name = kind.word().replace('_', ' ') + " " + ref.number();
    return documents
        .find(company.id(), kind, ref.number())
        .orElseThrow(() ->
            Problem.invalid(
                pointer,
                "unknown_document",
                "The " + name + " is not known. Put the document first."));
  }
}
