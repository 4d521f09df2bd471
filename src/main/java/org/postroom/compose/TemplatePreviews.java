package org.postroom.compose;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import org.postroom.templates.Content;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Service;

/** Shows texts as they would leave, stored or not, and sends them to try. */
@Service
public class TemplatePreviews {
  private static final Address NOBODY = Address.of("nobody@postroom.invalid");

  private final Access access;
  private final Subjects subjects;
  private final Ingredients ingredients;
  private final Enclosing enclosing;
  private final Composer composer;
  private final Templates templates;

  TemplatePreviews(
      Access access,
      Subjects subjects,
      Ingredients ingredients,
      Enclosing enclosing,
      Composer composer,
      Templates templates) {
    this.access = access;
    this.subjects = subjects;
    this.ingredients = ingredients;
    this.enclosing = enclosing;
    this.composer = composer;
    this.templates = templates;
  }

  /** The kind of document that mails of this purpose are about. */
  public static DocumentKind kind(Purpose purpose) {
    return switch (purpose) {
      case ORDER_ALLOCATION, ORDER_RELEASE -> DocumentKind.SALES_ORDER;
      case PAYMENT_DECLINED, PAYMENT_LINK -> DocumentKind.INVOICE;
      // About no document; to look at, some document does.
      case PORTAL_INVITATION, DIRECT_DEBIT_INVITATION -> DocumentKind.INVOICE;
      case QUOTE_APPROVAL -> DocumentKind.QUOTE;
      case GOODS_RECEIVED -> DocumentKind.ITEM_RECEIPT;
      default -> {
        for (DocumentKind kind : DocumentKind.values())
          if (Purposes.of(kind) == purpose) yield kind;
        throw new IllegalStateException("No document for " + purpose);
      }
    };
  }

  /**
   * The text filled in, by what sends.
   *
   * @param document null: a made-up one
   * @throws Problem 422 at {@code /document} where there is no such document; as {@link
   *     Templates#render}
   */
  public TemplatePreview preview(Caller caller, Template template, @Nullable DocumentRef document) {
    Company company = access.company(caller.company());
    Purpose purpose = purpose(template);
    Subject subject = subject(company, purpose, document);
    Locale language = language(template, subject.language(company));
    Address from = from(caller, company, subject, document);
    Map<String, Object> model =
        document == null
            ? SampleModel.of(company, kind(purpose), from, language)
            : Ingredients.model(company, subject, from, language);
    Content content = templates.render(template, language, model);
    return new TemplatePreview(
        content, document, from, language, model, TemplateWarnings.of(template, content, model));
  }

  /**
   * Sends the text to try it: through the account that would send it, with the document's real PDF.
   * The subject starts with "[Test]", nobody else gets a copy, and the document does not count as
   * sent.
   */
  public Message test(
      Caller caller, Template template, @Nullable DocumentRef document, Address to) {
    caller.require(Right.SEND);
    TemplatePreview preview = preview(caller, template, document);
    Company company = access.company(caller.company());
    Subject subject = subject(company, purpose(template), document);
    MessageRequest about = request(document, purpose(template));
    String account = ingredients.account(caller, about, subject).account().id();
    var files = enclosing.papers(company, about, subject, preview.language()).attachments();
    Content content = preview.content();
    return composer.send(
        caller,
        new MessageRequest(
            null,
            null,
            List.of(to),
            List.of(),
            List.of(),
            "[Test] " + content.subject(),
            content.html(),
            content.text(),
            Enclosures.of(files),
            account,
            null,
            null,
            null,
            false,
            null));
  }

  private Subject subject(Company company, Purpose purpose, @Nullable DocumentRef document) {
    return subjects.of(company, request(document, purpose));
  }

  private static MessageRequest request(@Nullable DocumentRef document, Purpose purpose) {
    return document == null
        ? MessageRequest.text(List.of(NOBODY), "", "", null)
        : MessageRequest.of(document, purpose);
  }

  private static Purpose purpose(Template template) {
    return Purpose.of(template.purpose())
        .orElseThrow(() ->
            Problem.invalid("/purpose", "unknown_value", "There are no mails of this purpose."));
  }

  /** As a reader of the text's own language gets it, in the country of the document's reader. */
  private static Locale language(Template template, Locale reader) {
    boolean same = reader.getLanguage().equals(template.language());
    return same ? reader : Locale.of(template.language());
  }

  /** Without an account to send from there is a preview all the same. */
  private Address from(
      Caller caller, Company company, Subject subject, @Nullable DocumentRef document) {
    try {
      MessageRequest about =
          document == null ? request(null, Purpose.INVOICE) : MessageRequest.of(document, null);
      return ingredients.account(caller, about, subject).account().sender();
    } catch (Problem none) {
      if (none.status() >= 500) throw none;
      return new Address(company.name(), NOBODY.spec());
    }
  }
}
