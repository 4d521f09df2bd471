package org.postroom.reminders;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.Enclosures;
import org.postroom.compose.Enclosures.Further;
import org.postroom.compose.Extras;
import org.postroom.compose.MessageRequest;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partner;
import org.postroom.partners.Purpose;
import org.postroom.reminders.NextRun.Item;
import org.postroom.reminders.Standings.Moment;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Component;

/** The mail of a decision: about one invoice, or about several with a list of them. */
@Component
class MakeReminder {
  private static final int MOST_PDFS = 20;
  private final Access access;
  private final Documents documents;
  private final Templates templates;
  private final Composer composer;

  MakeReminder(Access access, Documents documents, Templates templates, Composer composer) {
    this.access = access;
    this.documents = documents;
    this.templates = templates;
    this.composer = composer;
  }

  /**
   * @throws Problem where it cannot be sent, with the reason
   */
  Composition compose(Moment at, Standing standing, List<Item> items) {
    Caller caller = Caller.postroom(at.company());
    DocumentRef about =
        items.size() == 1 ? invoice(items.getFirst()) : list(caller, at, standing, items);
    MessageRequest request = request(at, standing, items, about);
    if (items.size() == 1) return composer.compose(caller, request);
    try {
      return composer.compose(caller, with(request, items));
    } catch (Problem problem) {
      // The list alone says everything; the invoices themselves are a courtesy.
      if (problem.errorAt("/attachments") == null) throw problem;
      return composer.compose(caller, request);
    }
  }

  private MessageRequest request(
      Moment at, Standing standing, List<Item> items, DocumentRef about) {
    Item highest = items.getFirst();
    String template = template(at, standing, highest.step());
    var plain = MessageRequest.of(about, Purpose.REMINDER);
    return new MessageRequest(
        about,
        Purpose.REMINDER,
        plain.to(),
        plain.cc(),
        plain.bcc(),
        null,
        null,
        null,
        Enclosures.NONE,
        null,
        template,
        null,
        null,
        true,
        null,
        Extras.of(Map.of("reminder", facts(at, items))));
  }

  private static MessageRequest with(MessageRequest request, List<Item> items) {
    List<Further> invoices =
        items.stream().limit(MOST_PDFS).map(item -> new Further(invoice(item), null)).toList();
    return request.enclosing(new Enclosures(List.of(), invoices, List.of(), null));
  }

  /** What the texts may speak of as {@code reminder}. */
  private static Map<String, Object> facts(Moment at, List<Item> items) {
    Item highest = items.getFirst();
    long days = items.stream().mapToLong(Item::daysOverdue).max().orElse(0);
    Map<String, Object> facts = new HashMap<>();
    facts.put("step", String.valueOf(highest.step()));
    facts.put("steps", String.valueOf(at.plan().steps().size()));
    facts.put("days", String.valueOf(Math.max(0, days)));
    facts.put("invoices", String.valueOf(items.size()));
    facts.put("list", items.stream().map(MakeReminder::facts).toList());
    if (items.size() > 1) facts.put("several", "yes");
    if (days < 0) facts.put("early", String.valueOf(-days));
    if (again(at, highest)) facts.put("again", "yes");
    if (highest.step() == at.plan().steps().size() && again(at, highest)) facts.put("last", "yes");
    return facts;
  }

  private static Map<String, Object> facts(Item item) {
    return Map.of(
        "number", item.invoice(),
        "due_date", item.dueDate().toString(),
        "amount", item.amount().toPlainString(),
        "currency", item.currency());
  }

  /** Whether a lower step comes after the due date too. */
  private static boolean again(Moment at, Item highest) {
    return highest.step() > 1 && at.plan().steps().get(highest.step() - 2).days() > 0;
  }

  /** In the customer's language where there is one of that name in it. */
  private @Nullable String template(Moment at, Standing standing, int step) {
    String id = at.plan().steps().get(step - 1).template();
    if (id == null) return null;
    Locale language = language(access.company(at.company()), standing.partner());
    return templates
        .find(at.company(), id, null)
        .map(named -> templates.translated(named, language))
        .map(Template::id)
        .orElse(id);
  }

  private static Locale language(Company company, @Nullable Partner partner) {
    return partner == null || partner.language() == null
        ? company.language()
        : Locale.forLanguageTag(partner.language());
  }

  private DocumentRef list(Caller caller, Moment at, Standing standing, List<Item> items) {
    Document made = ReminderPaper.of(access.company(at.company()), standing, items, at.today());
    documents.make(caller, List.of(made));
    return new DocumentRef(DocumentKind.REMINDER.word(), made.number());
  }

  private static DocumentRef invoice(Item item) {
    return new DocumentRef(DocumentKind.INVOICE.word(), item.invoice());
  }
}
