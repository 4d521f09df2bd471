package org.postroom.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Chosen;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.DocumentModel;
import org.postroom.documents.Documents;
import org.postroom.documents.FinishedPdf;
import org.postroom.documents.Layouts;
import org.postroom.documents.Printing;
import org.postroom.documents.Rendered;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Message;
import org.postroom.partners.OnDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.partners.Recipients;
import org.postroom.templates.Content;
import org.postroom.templates.Templates;
import org.postroom.templates.Wish;
import org.springframework.stereotype.Component;

/** Each part of a message, chosen for itself: document, account, people, words, papers. */
@Component
class Ingredients {
  private final Documents documents;
  private final Layouts layouts;
  private final Partners partners;
  private final Accounts accounts;
  private final Templates templates;

  Ingredients(
      Documents documents,
      Layouts layouts,
      Partners partners,
      Accounts accounts,
      Templates templates) {
    this.documents = documents;
    this.layouts = layouts;
    this.partners = partners;
    this.accounts = accounts;
    this.templates = templates;
  }

  /** What the mail is about. All parts may be missing: then it is free mail. */
  record Subject(
      @Nullable StoredDocument stored, @Nullable Partner partner, @Nullable Purpose purpose) {
    @Nullable String partnerRef() {
      return stored == null ? null : stored.document().partner();
    }

    Locale language(Company company) {
      return Stream.of(
              stored == null ? null : stored.document().language(),
              partner == null ? null : partner.language())
          .flatMap(Stream::ofNullable)
          .findFirst()
          .map(Locale::forLanguageTag)
          .orElse(company.language());
    }

    List<String> warnings() {
      return stored == null ? List.of() : stored.warnings();
    }
  }

  Subject subject(String company, MessageRequest request) {
    Message.DocumentRef ref = request.document();
    if (ref == null) return new Subject(null, null, request.purpose());
    DocumentKind kind =
        DocumentKind.of(ref.kind())
            .orElseThrow(() ->
                Problem.invalid(
                    "/document/kind",
                    "unknown_kind",
                    "“" + ref.kind() + "” is no kind of document."));
    String name = kind.word().replace('_', ' ') + " " + ref.number();
    StoredDocument stored =
        documents
            .find(company, kind, ref.number())
            .orElseThrow(() ->
                Problem.invalid(
                    "/document",
                    "unknown_document",
                    "The " + name + " is not known. Put the document first."));
    Purpose purpose = request.purpose() == null ? Purposes.of(kind) : request.purpose();
    String partner = stored.document().partner();
    return new Subject(
        stored, partner == null ? null : partners.find(company, partner).orElse(null), purpose);
  }

  /** Test keys write to the local mailbox, whatever else is said. */
  Chosen account(Caller caller, MessageRequest request, Subject subject) {
    if (caller.test())
      return new Chosen(
          accounts.localOf(caller.company()), "A test key writes to the local mailbox");
    String sendFrom = subject.partner() == null ? null : subject.partner().sendFrom();
    String kind = request.document() == null ? null : request.document().kind();
    String person = caller.kind() == Caller.Kind.PERSON ? caller.id() : null;
    Chosen chosen = accounts.choose(caller.company(), request.account(), sendFrom, kind, person);
    if (!accounts.maySendFrom(caller, chosen.wanted())) {
      throw Problem.forbidden(
          "“" + chosen.wanted().name() + "” is somebody's own account; only they send from it.");
    }
    return chosen;
  }

  Account accountOf(Message message) {
    return accounts
        .find(message.company(), message.account())
        .orElseGet(() -> accounts.defaultOf(message.company()));
  }

  /** Addresses given in the request count; otherwise the recipient order of the purpose decides. */
  Addressed recipients(String company, MessageRequest request, Subject subject) {
    boolean named = !request.to().isEmpty() || !request.cc().isEmpty() || !request.bcc().isEmpty();
    if (named)
      return Addressed.of(request.to(), request.cc(), request.bcc(), "Named in the request");
    if (subject.stored() == null || subject.purpose() == null) {
      throw Problem.invalid("/to", "no_recipient", "There is nobody to send this to.");
    }
    Recipients found =
        partners.resolve(
            company,
            subject.purpose(),
            subject.partner(),
            onDocument(subject.stored().document()),
            List.of(),
            List.of());
    if (found.to().isEmpty()) throw Problem.invalid("/to", "no_recipient", found.reason());
    return Addressed.of(found.to(), found.cc(), found.bcc(), found.reason());
  }

  Words words(
      Company company, MessageRequest request, Subject subject, Address sender, Locale language) {
    String html = request.html();
    String text = request.text();
    boolean own = html != null || text != null;
    if (subject.purpose() == null || subject.stored() == null) {
      return new Words(
          String.valueOf(request.subject()),
          htmlOf(html, text),
          textOf(html, text),
          null,
          "Written in the request");
    }
    Content content =
        templates.render(
            new Wish(
                company.id(),
                subject.purpose().word(),
                request.template(),
                null,
                language,
                model(company, subject, sender, language)));
    String line = request.subject() == null ? content.subject() : request.subject();
    if (own)
      return new Words(
          line, htmlOf(html, text), textOf(html, text), null, "Written in the request");
    return new Words(line, content.html(), content.text(), content.template(), content.reason());
  }

  private static Map<String, Object> model(
      Company company, Subject subject, Address sender, Locale language) {
    Map<String, Object> model =
        DocumentModel.of(company, subject.stored(), subject.partner(), language);
    String name = sender.name() == null ? company.name() : sender.name();
    model.put("sender", Map.of("name", name, "email", sender.spec()));
    return model;
  }

  Papers papers(Company company, MessageRequest request, Subject subject, Locale language) {
    List<Attachment> attachments = new ArrayList<>();
    StoredDocument stored = subject.stored();
    if (stored == null) {
      return new Papers(
          request.enclosures().attached(),
          null,
          request.enclosures().attached().isEmpty() ? "No document" : "Files given in the request");
    }
    Document document = stored.document();
    Optional<byte[]> finished =
        documents.pdf(company.id(), document.kind(), document.number()).map(FinishedPdf::bytes);
    if (finished.isPresent()) {
      attachments.add(
          new Attachment(Layouts.filename(document, language), "application/pdf", finished.get()));
      attachments.addAll(request.enclosures().attached());
      return new Papers(attachments, "finished-pdf", "The PDF came with the document");
    }
    Rendered rendered =
        layouts.print(Printing.of(stored, company, subject.partner(), language, request.layout()));
    attachments.add(new Attachment(rendered.filename(), "application/pdf", rendered.pdf()));
    attachments.addAll(request.enclosures().attached());
    return new Papers(attachments, rendered.layout(), "Built-in layout");
  }

  private static String htmlOf(@Nullable String html, @Nullable String text) {
    return html != null ? html : PlainText.toHtml(text == null ? "" : text);
  }

  private static String textOf(@Nullable String html, @Nullable String text) {
    return text != null ? text : PlainText.fromHtml(html == null ? "" : html);
  }

  private static OnDocument onDocument(Document document) {
    return new OnDocument(
        email(document.contact() == null ? null : document.contact().email()),
        email(document.addressee() == null ? null : document.addressee().email()),
        email(document.shipTo() == null ? null : document.shipTo().email()),
        document.shipmentEmails().stream()
            .flatMap(text -> Address.tryParse(text).stream())
            .toList());
  }

  private static List<Address> email(@Nullable String text) {
    return text == null ? List.of() : Address.tryParse(text).stream().toList();
  }
}
