package org.postroom.compose;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Chosen;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentModel;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.outbox.Message;
import org.postroom.partners.OnDocument;
import org.postroom.partners.Partners;
import org.postroom.partners.Recipients;
import org.postroom.payments.PlannedLink;
import org.postroom.rules.Decisions.Decision;
import org.postroom.rules.Decisions.Further;
import org.postroom.templates.Content;
import org.postroom.templates.Copies;
import org.postroom.templates.Templates;
import org.postroom.templates.Wish;
import org.postroom.text.PlainText;
import org.springframework.stereotype.Component;

/** Account, words and people of a message, each chosen for itself and with its reason. */
@Component
class Ingredients {
  private final Partners partners;
  private final Accounts accounts;
  private final Templates templates;

  Ingredients(Partners partners, Accounts accounts, Templates templates) {
    this.partners = partners;
    this.accounts = accounts;
    this.templates = templates;
  }

  /** Test keys write to the local mailbox, whatever else is said. */
  Chosen account(Caller caller, MessageRequest request, Subject subject) {
    if (caller.test()) return new Chosen(accounts.localOf(caller.company()), Composer.BY_TEST_KEY);
    Chosen chosen = chosen(caller, request, subject);
    if (!accounts.maySendFrom(caller, chosen.wanted())) {
      throw Problem.forbidden(
          "“" + chosen.wanted().name() + "” is somebody's own account; only they send from it.");
    }
    return chosen;
  }

  private Chosen chosen(Caller caller, MessageRequest request, Subject subject) {
    Decision<String> rule = subject.rules().account();
    if (request.account() == null && rule != null) {
      Chosen ruled = accounts.choose(caller.company(), rule.value(), null, null, null);
      return new Chosen(ruled.account(), rule.reason(), ruled.insteadOf());
    }
    String sendFrom = subject.partner() == null ? null : subject.partner().sendFrom();
    Extras extras = request.extras();
    if (request.account() == null && sendFrom == null && extras.account() != null) {
      Chosen settled = accounts.choose(caller.company(), extras.account(), null, null, null);
      return new Chosen(settled.account(), extras.by(), settled.insteadOf());
    }
    String kind = request.document() == null ? null : request.document().kind();
    String person = caller.kind() == Caller.Kind.PERSON ? caller.id() : null;
    return accounts.choose(caller.company(), request.account(), sendFrom, kind, person);
  }

  Account accountOf(Message message) {
    return accounts
        .find(message.company(), message.account())
        .orElseGet(() -> accounts.defaultOf(message.company()));
  }

  /**
   * Addresses given in the request count, and they alone; otherwise the recipient order of the
   * purpose decides, with the template's copies and what the rules add.
   */
  Addressed recipients(String company, MessageRequest request, Subject subject, Copies copies) {
    boolean named = !request.to().isEmpty() || !request.cc().isEmpty() || !request.bcc().isEmpty();
    Extras extras = request.extras();
    if (named)
      return Addressed.of(
          request.to(),
          joined(request.cc(), extras.cc()),
          joined(request.bcc(), extras.bcc()),
          extras.by().isEmpty() ? "Named in the request" : extras.by());
    if (!subject.hasWords() || subject.purpose() == null) {
      throw Problem.invalid("/to", "no_recipient", "There is nobody to send this to.");
    }
    Recipients found =
        partners.resolve(
            company,
            subject.purpose(),
            subject.partner(),
            subject.stored() == null
                ? OnDocument.NOTHING
                : onDocument(subject.document().document()),
            copies.cc(),
            copies.bcc());
    Addressed addressed = further(found, subject.rules().recipients(), extras);
    if (addressed.recipients().isEmpty())
      throw Problem.invalid("/to", "no_recipient", found.reason());
    return addressed;
  }

  private static Addressed further(
      Recipients found, @Nullable Decision<Further> rule, Extras extras) {
    Further more = rule == null ? new Further(List.of(), List.of(), List.of()) : rule.value();
    if (found.to().isEmpty() && more.to().isEmpty())
      return new Addressed(List.of(), found.reason());
    return Addressed.of(
        joined(found.to(), more.to()),
        joined(joined(found.cc(), more.cc()), extras.cc()),
        joined(joined(found.bcc(), more.bcc()), extras.bcc()),
        rule == null ? found.reason() : found.reason() + "; " + rule.reason() + " adds to them");
  }

  private static List<Address> joined(List<Address> first, List<Address> second) {
    List<Address> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  Words words(
      Caller caller,
      Company company,
      MessageRequest request,
      Subject subject,
      Address sender,
      @Nullable PlannedLink link) {
    String html = request.html();
    String text = request.text();
    boolean own = html != null || text != null;
    if (subject.purpose() == null || !subject.hasWords()) {
      return new Words(
          String.valueOf(request.subject()),
          htmlOf(html, text),
          textOf(html, text),
          null,
          "Written in the request",
          Copies.NONE);
    }
    Locale language = subject.language(company);
    Pick pick = template(company.id(), request, subject, language);
    String purpose = subject.purpose().word();
    String reader = caller.kind() == Caller.Kind.PERSON ? caller.id() : null;
    Map<String, Object> model = model(company, subject, sender, language);
    model.putAll(request.extras().facts());
    if (link != null) model.put("links", links(link));
    Content content =
        content(new Wish(company.id(), purpose, pick.id(), reader, language, model), pick);
    String line = request.subject() == null ? content.subject() : request.subject();
    if (own)
      return new Words(
          line,
          htmlOf(html, text),
          textOf(html, text),
          null,
          "Written in the request",
          content.copies());
    requireValues(content);
    return new Words(
        line,
        content.html(),
        content.text(),
        content.template(),
        pick.id() == null ? content.reason() : pick.reason() + ": " + content.reason(),
        content.copies());
  }

  /** Where the mail leads, and what is asked for there. */
  private static Map<String, Object> links(PlannedLink planned) {
    Map<String, Object> links = new HashMap<>();
    links.put(LinkUse.word(planned), planned.url());
    BigDecimal amount = planned.link().amount();
    if (amount != null) {
      links.put("amount", amount.toPlainString());
      links.put("currency", planned.link().currency());
    }
    return links;
  }

  /**
   * What is named for everybody is used in the reader's language where there is such an edition.
   */
  private Pick template(String company, MessageRequest request, Subject subject, Locale language) {
    Pick pick = subject.template(request, rule(company, subject));
    if (pick.id() == null || request.template() != null) return pick;
    return templates
        .find(company, pick.id(), null)
        .map(named -> new Pick(templates.translated(named, language).id(), pick.reason()))
        .orElse(pick);
  }

  /** A rule's template counts for mails it is made for; the rule may match others too. */
  private @Nullable Decision<String> rule(String company, Subject subject) {
    Decision<String> rule = subject.rules().template();
    if (rule == null || subject.purpose() == null) return null;
    String purpose = subject.purpose().word();
    boolean forOthers =
        templates
            .find(company, rule.value(), null)
            .filter(named -> !named.purpose().equals(purpose))
            .isPresent();
    return forOthers ? null : rule;
  }

  private Content content(Wish wish, Pick pick) {
    try {
      return templates.render(wish);
    } catch (Problem problem) {
      String wrong = problem.errorAt("/template");
      if (pick.id() == null || wrong == null) throw problem;
      throw Problem.invalid("/template", "unknown", pick.reason() + ": " + wrong);
    }
  }

  private static void requireValues(Content content) {
    if (content.missing().isEmpty()) return;
    throw Problem.invalid(
        "/template",
        "empty_placeholder",
        "The text must not go without a value for "
            + String.join(", ", content.missing())
            + ", and there is none.");
  }

  static Map<String, Object> model(
      Company company, Subject subject, Address sender, Locale language) {
    Map<String, Object> model =
        new HashMap<>(
            DocumentModel.of(
                company, subject.stored(), subject.partner(), language, subject.today()));
    String name = sender.name() == null ? company.name() : sender.name();
    model.put("sender", Map.of("name", name, "email", sender.spec()));
    return model;
  }

  private static String htmlOf(@Nullable String html, @Nullable String text) {
    return html != null ? html : PlainText.toHtml(text == null ? "" : text);
  }

  private static String textOf(@Nullable String html, @Nullable String text) {
    return text != null ? text : PlainText.fromHtml(html == null ? "" : html);
  }

  static OnDocument onDocument(Document document) {
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
