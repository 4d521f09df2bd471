package org.postroom.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountDraft;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Route;
import org.postroom.accounts.Routes;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.automations.EventType;
import org.postroom.automations.Told;
import org.postroom.demo.DemoFiles.Mailbox;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.Source;
import org.postroom.mail.Address;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.PartnerJson;
import org.postroom.partners.Partners;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the firm's business the way an ERP would. Each step may be repeated: a start that was cut
 * off is simply taken up again.
 */
@Component
@Conditional(DemoAsked.class)
class DemoBusiness {
  private static final String SOURCE = "/demo/erp";
  private final Accounts accounts;
  private final Routes routes;
  private final Partners partners;
  private final Documents documents;
  private final Automations automations;

  DemoBusiness(
      Accounts accounts,
      Routes routes,
      Partners partners,
      Documents documents,
      Automations automations) {
    this.accounts = accounts;
    this.routes = routes;
    this.partners = partners;
    this.documents = documents;
    this.automations = automations;
  }

  void tell(Caller caller, LocalDate today) {
    DemoFiles.Firm firm = DemoFiles.firm();
    connect(caller, firm.accounts());
    for (JsonNode partner : DemoFiles.partners())
      partners.put(caller, PartnerJson.read(partner.get("ref").stringValue(), partner));
    for (JsonNode document : DemoFiles.documents(today)) put(caller, document);
    for (String word : firm.automations())
      automations.enable(caller, Automation.of(word).orElseThrow(), true, null);
    automations.tell(caller, DemoFiles.events().stream().map(DemoBusiness::told).toList());
  }

  /** The document that {@code kind/number} names. */
  static DocumentRef ref(String text) {
    String[] parts = text.split("/", 2);
    return new DocumentRef(parts[0], parts[1]);
  }

  private void connect(Caller caller, List<Mailbox> mailboxes) {
    List<Route> sends = new ArrayList<>();
    for (Mailbox mailbox : mailboxes) {
      String id =
          accounts.list(caller.company(), true).stream()
              .filter(account -> account.name().equals(mailbox.name()))
              .findFirst()
              .orElseGet(() -> accounts.create(caller, draft(mailbox)))
              .id();
      mailbox.sends().forEach(kind -> sends.add(new Route(kind, id, null, null)));
    }
    routes.replace(caller, sends);
  }

  private static AccountDraft draft(Mailbox mailbox) {
    return new AccountDraft(
        Account.Kind.LOCAL,
        mailbox.name(),
        Address.of(mailbox.email()),
        mailbox.displayName(),
        null,
        Account.COMPANY,
        false,
        mailbox.active(),
        new org.postroom.accounts.Connection.Local(),
        null,
        Account.Limits.of(Account.Kind.LOCAL));
  }

  private void put(Caller caller, JsonNode file) {
    ObjectNode body = ((ObjectNode) file).deepCopy();
    DocumentKind kind = DocumentKind.of(body.get("kind").stringValue()).orElseThrow();
    String number = body.get("number").stringValue();
    documents.put(
        caller, documents.readJson(kind, number, body), Source.json(DemoFiles.bytes(body)));
  }

  private static Told told(DemoFiles.Event event) {
    DocumentRef ref = ref(event.document());
    return new Told(
        SOURCE,
        event.id(),
        EventType.of(event.type()).orElseThrow(),
        null,
        ref.kind(),
        ref.number(),
        null);
  }
}
