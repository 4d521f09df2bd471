package org.postroom.console.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.automations.EventFilter;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentFiles;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.payments.LinkWords;
import org.postroom.payments.PaymentLinks;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.UriUtils;

/** One document: what it says, what was paid, and every message that carried it. */
@Controller
class DocumentPage {
  private static final int MOST_MESSAGES = 50;
  private static final int MOST_EVENTS = 20;
  private static final int MOST_LINKS = 10;
  private final Documents documents;
  private final Mails mails;
  private final DocumentFiles files;
  private final PaymentLinks links;
  private final RemindersPart reminders;
  private final Automations automations;

  DocumentPage(
      Documents documents,
      Mails mails,
      DocumentFiles files,
      PaymentLinks links,
      RemindersPart reminders,
      Automations automations) {
    this.files = files;
    this.links = links;
    this.reminders = reminders;
    this.automations = automations;
    this.documents = documents;
    this.mails = mails;
  }

  @GetMapping("/documents/{kind}/{number}")
  String show(Caller caller, @PathVariable String kind, @PathVariable String number, Model model) {
    StoredDocument stored = find(caller, kind, number);
    Document document = stored.document();
    model.addAttribute("stored", stored);
    model.addAttribute("document", document);
    String title = document.kind().words() + " " + document.number();
    model.addAttribute("title", title);
    List<Mail> sent = mails.latest(caller, MessageFilter.ALL.document(kind, number), MOST_MESSAGES);
    model.addAttribute("heading", new Heading("/documents", "Documents", title, newest(sent)));
    String place =
        "/documents/"
            + document.kind().word()
            + "/"
            + UriUtils.encodePathSegment(document.number(), StandardCharsets.UTF_8);
    model.addAttribute("place", place);
    reminders.onInvoice(caller, document, place, model);
    model.addAttribute("files", files.of(caller.company(), document.kind(), document.number()));
    model.addAttribute("mayWrite", caller.may(Right.WRITE_DOCUMENTS));
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute("links", links(caller, document));
    model.addAttribute("mayLink", caller.may(Right.MANAGE_PAYMENTS) && canHaveLinks(document));
    model.addAttribute("messages", sent);
    var about = new EventFilter(null, null, new DocumentRef(kind, number), null);
    model.addAttribute(
        "events", automations.events(caller.company(), about, MOST_EVENTS, null).data());
    model.addAttribute(
        "titles",
        Arrays.stream(Automation.values())
            .collect(Collectors.toMap(Automation::word, Automation::title)));
    return "console/document";
  }

  /** A document stands where its newest mail stands: one that came back is not sent. */
  private static @Nullable Chip newest(List<Mail> mails) {
    return mails.stream()
        .filter(mail -> mail.message().state() != MessageState.CANCELLED)
        .findFirst()
        .map(Mail::status)
        .orElse(null);
  }

  /** A payment link as the page shows it. */
  record Link(
      String id,
      String kind,
      String amount,
      Chip state,
      Chip payment,
      List<PaymentLinks.Happened> history) {}

  private List<Link> links(Caller caller, Document document) {
    return links.of(caller.company(), document.kind(), document.number()).stream()
        .limit(MOST_LINKS)
        .map(link ->
            new Link(
                link.id(),
                LinkWords.kind(link.kind()),
                LinkWords.money(link, link.amount()),
                LinkWords.state(link),
                LinkWords.payment(link),
                links.history(caller.company(), link.id()).reversed()))
        .toList();
  }

  private static boolean canHaveLinks(Document document) {
    return switch (document.kind()) {
      case INVOICE, DEPOSIT, SALES_ORDER, QUOTE -> true;
      default -> false;
    };
  }

  private StoredDocument find(Caller caller, String kind, String number) {
    Optional<DocumentKind> known = DocumentKind.of(kind);
    return known
        .flatMap(it -> documents.find(caller.company(), it, number))
        .orElseThrow(() -> Problem.notFound("The document “" + number + "”"));
  }
}
