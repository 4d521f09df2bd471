package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.console.RecurringWork;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestClock;
import tools.jackson.databind.JsonNode;

/**
 * One for each automatic mail: the ERP puts a document and tells what happened, and the right mail
 * lies in the mailbox of whoever it concerns, once. The mail server is another program's; the clock
 * stands at a Monday morning until it is moved.
 */
class AutomaticMailsJourney {
  private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
  private static final String PUBLIC = "https://mail.acme.example";
  private static ScriptedSmtpServer mailbox;
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    mailbox = ScriptedSmtpServer.start(SmtpOffer.plain());
    postroom = RunningPostroom.start(Map.of("POSTROOM_PUBLIC_URL", PUBLIC), CLOCK);
    made(
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Office", "email": "office@acme.example", "default": true, "active": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(mailbox.port())));
    put(
        "partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR",
         "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example"], "cc": ["tax@contoso.example"], "shipment": ["dock@contoso.example"]}}
        """);
    put(
        "partners/polder",
        """
        {"type": "vendor", "name": "Polder Grain", "language": "en", "currency": "EUR",
         "emails": {"main": ["office@polder.example"]},
         "contacts": [{"name": "Sanne Bakker", "email": "sanne@polder.example", "roles": ["purchasing"]}]}
        """);
  }

  @AfterAll
  static void stop() {
    postroom.close();
    mailbox.close();
    assertThat(mailbox.violations()).isEmpty();
  }

  static Stream<Story> stories() {
    return Stream.of(
        when("invoice.issued", "an invoice is issued")
            .about("invoice", "INV-1", invoice())
            .with("invoice_issued")
            .reaches("ap@contoso.example", "tax@contoso.example")
            .titled("Invoice INV-1 from Acme Bakery Supplies")
            .says("Please transfer the amount by", "December 2, 2026", "€32.70")
            .carries("Invoice INV-1.pdf", "Rye flour"),
        when("sales_order.confirmed", "an order is confirmed")
            .about("sales_order", "SO-1", order())
            .with("order_confirmation")
            .reaches("info@contoso.example")
            .titled("We have your order SO-1")
            .says("We have received your order 4711", "€32.70")
            .carries("Order confirmation SO-1.pdf", "Rye flour"),
        when("sales_order.allocated", "goods are set aside for an order")
            .about("sales_order", "SO-2", order())
            .with("order_allocation")
            .reaches("info@contoso.example")
            .titled("Goods set aside for your order SO-2")
            .says("we have set aside the goods for your order 4711")
            .carries("Order confirmation SO-2.pdf", "Rye flour"),
        when("sales_order.released", "an order is released")
            .about("sales_order", "SO-3", order())
            .with("order_release")
            .reaches("info@contoso.example")
            .titled("Your order SO-3 is being prepared")
            .says("has been released to our warehouse")
            .carries("Order confirmation SO-3.pdf", "Rye flour"),
        when("shipment.shipped", "goods are packed and shipped")
            .about("shipment", "SH-1", shipment())
            .with("shipment_confirmation")
            .reaches("dock@contoso.example")
            .titled("Your order is on its way: SH-1")
            .says("North Sea Freight", "NSF-7731-0042")
            .carries("Shipping notice SH-1.pdf", "Rye flour"),
        when("bill.paid", "a vendor's bill is paid")
            .about("bill_payment", "BP-1", remittance())
            .with("bill_payment")
            .reaches("sanne@polder.example")
            .titled("We have paid: BP-1")
            .says("which bills it settles", "€690.40")
            .carries("Remittance advice BP-1.pdf", "PG-30911", "PG-30958", "480.00", "210.40"),
        when("goods.received", "a vendor's goods arrive")
            .about("item_receipt", "GR-1", receipt())
            .with("goods_received")
            .reaches("maria@acme.example")
            .titled("Goods received: GR-1")
            .says("A delivery from Polder Grain")
            .carries("Goods receipt GR-1.pdf", "Milling rye"),
        when("quote.issued", "a quote is issued")
            .about("quote", "Q-1", invoice())
            .with("quote_issued")
            .reaches("info@contoso.example")
            .titled("Your quote Q-1 from Acme Bakery Supplies")
            .says("our quote", "€32.70")
            .carries("Quote Q-1.pdf", "Rye flour"));
  }

  /** Whoever tells twice, or of the same in other words, makes nothing more. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void theRightMailArrivesOnce(Story story) {
    put("documents/" + story.kind() + "/" + story.number(), story.document());
    switchOn(story.automation(), story.options());
    String event = tell(story.event(), story.number(), story.kind(), story.number());
    Arrived mail = arrived(messageOf(event));
    story.check(mail);
    assertThat(tell(story.event(), story.number(), story.kind(), story.number()))
        .as("the same event again is the same event")
        .isEqualTo(event);
    String other = tell(story.event(), story.number() + "-again", story.kind(), story.number());
    JsonNode settled = settled(other);
    assertThat(settled.toString()).contains("already_sent");
    assertThat(messagesAbout(story.kind(), story.number())).hasSize(1);
  }

  @Test
  void whenAnInvoiceIsIssuedThePackingSlipOfItsShipmentGoesAlong() {
    put("documents/packing_slip/PS-7", shipment().replace("\"SO-9\"", "\"SO-77\""));
    put(
        "documents/invoice/INV-7",
        invoice().replace("\"4711\"}", "\"4711\", \"order\": \"SO-77\"}"));
    switchOn("invoice_issued", "{}");
    switchOn("packing_slip_with_invoice", "{}");
    Arrived mail = arrived(messageOf(tell("invoice.issued", "7", "invoice", "INV-7")));
    assertThat(mail.attachments()).containsExactly("Invoice INV-7.pdf", "Packing slip PS-7.pdf");
    assertThat(mail.subject()).startsWith("Invoice INV-7");
    assertThat(messagesAbout("invoice", "INV-7")).hasSize(1);
    assertThat(messagesAbout("packing_slip", "PS-7")).isEmpty();
    switchOff("packing_slip_with_invoice");
  }

  @Test
  void whenGoodsArriveTheCompanysPeopleMayBeToldInsideInsteadOfByMail() {
    put("documents/item_receipt/GR-2", receipt());
    switchOn("goods_received", "{\"to\": \"internal\"}");
    JsonNode told = settled(tell("goods.received", "GR-2", "item_receipt", "GR-2"));
    assertThat(told.get("state").asString()).as(told.toString()).isEqualTo("handled");
    assertThat(messagesAbout("item_receipt", "GR-2")).isEmpty();
    JsonNode notices = json(postroom.get("/api/v1/notifications")).get("data");
    assertThat(notices.toString()).contains("GR-2");
    tell("goods.received", "GR-2-again", "item_receipt", "GR-2");
    assertThat(json(postroom.get("/api/v1/notifications")).get("data")).hasSize(notices.size());
    switchOn("goods_received", "{\"to\": \"recipient_order\"}");
  }

  @Test
  void whenAQuoteIsIssuedItsCustomerMayBeAskedToApproveIt() {
    put("documents/quote/Q-2", invoice());
    switchOn("quote_issued", "{\"approval\": true}");
    Arrived mail = arrived(messageOf(tell("quote.issued", "Q-2", "quote", "Q-2")));
    assertThat(mail.to()).containsExactly("info@contoso.example");
    assertThat(mail.subject()).isEqualTo("Please approve quote Q-2");
    assertThat(mail.text()).contains(PUBLIC + "/approve/");
    switchOn("quote_issued", "{\"approval\": false}");
  }

  @Test
  void whenADepositIsAskedForTheMailLeadsToItsPage() {
    put(
        "documents/sales_order/SO-8",
        order()
            .replace(
                "\"references\"", "\"fields\": {\"deposit_percent\": \"30\"}, \"references\""));
    switchOn("deposit_requested", "{}");
    Arrived mail =
        arrived(messageOf(tell("sales_order.deposit_requested", "D-1", "sales_order", "SO-8")));
    assertThat(mail.to()).containsExactly("ap@contoso.example");
    assertThat(mail.subject()).isEqualTo("Deposit for your order SO-8");
    assertThat(mail.text()).contains(PUBLIC + "/pay/", "€9.81");
  }

  @Test
  void whenPaymentOfAnInvoiceIsAskedForTheMailLeadsToItsPage() {
    put("documents/invoice/INV-8", invoice());
    switchOn("payment_requested", "{}");
    Arrived mail = arrived(messageOf(tell("invoice.payment_requested", "P-1", "invoice", "INV-8")));
    assertThat(mail.to()).containsExactly("ap@contoso.example");
    assertThat(mail.subject()).contains("INV-8");
    assertThat(mail.text()).contains(PUBLIC + "/pay/", "€32.70");
  }

  @Test
  void whenAPaymentArrivesItsPayerIsThanked() {
    put("documents/invoice/INV-9", invoice());
    switchOn("payment_succeeded", "{}");
    String event = payment("payment.succeeded", "S-1", "INV-9", "");
    Arrived mail = arrived(messageOf(event));
    assertThat(mail.to()).containsExactlyInAnyOrder("ap@contoso.example", "tax@contoso.example");
    assertThat(mail.subject()).isEqualTo("Thank you, we have your payment: INV-9");
    assertThat(payment("payment.succeeded", "S-1", "INV-9", "")).isEqualTo(event);
    assertThat(messagesAbout("invoice", "INV-9")).hasSize(1);
  }

  @Test
  void whenAPaymentIsDeclinedItsPayerMayTryAgain() {
    put("documents/invoice/INV-10", invoice());
    switchOn("payment_declined", "{}");
    Arrived mail =
        arrived(messageOf(payment("payment.declined", "N-1", "INV-10", "Limit reached")));
    assertThat(mail.to()).containsExactlyInAnyOrder("ap@contoso.example", "tax@contoso.example");
    assertThat(mail.subject()).isEqualTo("Your payment did not go through: INV-10");
    assertThat(mail.text()).contains("No money was taken");
  }

  @ParameterizedTest
  @CsvSource({
    "customer.portal_invited, portal_invitation, info@contoso.example, Your access to our customer portal",
    "customer.direct_debit_requested, direct_debit_invitation, ap@contoso.example, Please set up direct debit"
  })
  void whenACustomerIsInvitedTheMailLeadsThere(
      String type, String automation, String address, String subject) {
    switchOn(automation, "{}");
    String link = "https://portal.acme.example/" + automation;
    String data = "{\"partner\": \"contoso\", \"link\": \"%s\"}".formatted(link);
    String event = tell(type, "invited-" + automation, data);
    Arrived mail = arrived(messageOf(event));
    assertThat(mail.to()).containsExactly(address);
    assertThat(mail.subject()).isEqualTo(subject);
    assertThat(mail.text()).contains(link);
    assertThat(mail.attachments()).isEmpty();
    assertThat(tell(type, "invited-" + automation, data)).isEqualTo(event);
    String unknown = data.replace("contoso", "nobody");
    assertThat(settled(tell(type, "nobody-" + automation, unknown)).toString())
        .contains("unknown_partner", "nobody");
  }

  @Test
  void whenAnInvoiceIsLateItsCustomerIsRemindedOncePerStep() {
    put(
        "partners/late",
        "{\"type\": \"customer\", \"name\": \"Late Bakery\", \"emails\": {\"main\": [\"pay@late.example\"]}}");
    LocalDate due = LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC).minusDays(8);
    put(
        "documents/invoice/INV-20",
        invoice()
            .replace("contoso", "late")
            .replace("2026-12-02", due.toString())
            .replace("2026-11-02", due.minusDays(30).toString()));
    switchOn("overdue_reminder", "{}");
    runNow("reminders");
    Arrived mail = arrivedAt("pay@late.example", 1);
    assertThat(mail.subject()).contains("INV-20");
    assertThat(mail.text()).contains("€32.70");
    assertThat(mail.attachments()).contains("Invoice INV-20.pdf");
    runNow("reminders");
    CLOCK.advance(Duration.ofDays(1));
    runNow("reminders");
    assertThat(mailsTo("pay@late.example")).hasSize(1);
  }

  @Test
  void onTheFirstWorkingDayOfTheMonthStatementsGoOut() {
    put(
        "partners/owing",
        "{\"type\": \"customer\", \"name\": \"Owing Bakery\", \"emails\": {\"billing\": [\"ap@owing.example\"]}}");
    put("documents/invoice/INV-30", invoice().replace("contoso", "owing"));
    made(
        postroom.put(
            "/api/v1/statements/schedule",
            "{\"day\": \"first_working\", \"hour\": 8, \"partners\": [\"owing\"]}"));
    switchOn("monthly_statement", "{}");
    JsonNode next =
        eventually(
            () -> json(postroom.get("/api/v1/statements/schedule")).get("next_run"),
            run -> !run.isNull());
    CLOCK.set(Instant.parse(next.get("at").asString()));
    runNow("monthly statements");
    Arrived mail = arrivedAt("ap@owing.example", 1);
    assertThat(mail.subject()).isEqualTo("Your account statement from Acme Bakery Supplies");
    assertThat(mail.text()).contains("€32.70");
    assertThat(mail.attachments()).hasSize(1);
    assertThat(mail.papers()).contains("INV-30");
    runNow("monthly statements");
    JsonNode months = json(postroom.get("/api/v1/statements/schedule")).get("months");
    assertThat(months).hasSize(1);
    assertThat(mailsTo("ap@owing.example")).hasSize(1);
  }

  @Test
  void aBlockedAddressGetsNothingByItselfAndTheReasonIsRecorded() {
    LocalDate due = LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC).minusDays(8);
    put(
        "partners/gone",
        "{\"type\": \"customer\", \"name\": \"Gone Bakery\", \"emails\": {\"main\": [\"ap@gone.example\"]}}");
    String invoice = invoice().replace("contoso", "gone");
    put(
        "documents/invoice/INV-40",
        invoice
            .replace("2026-12-02", due.toString())
            .replace("2026-11-02", due.minusDays(30).toString()));
    made(
        postroom.post(
            "/api/v1/suppressions", "{\"address\": \"ap@gone.example\", \"note\": \"Asked us\"}"));

    switchOn("invoice_issued", "{}");
    JsonNode mail = settled(tell("invoice.issued", "B-1", "invoice", "INV-40")).at("/outcomes/0");
    assertThat(mail.get("code").asString()).as(mail.toString()).isEqualTo("recipient_blocked");
    assertThat(mail.get("skipped").asString()).contains("ap@gone.example").contains("blocked");

    switchOn("overdue_reminder", "{}");
    runNow("reminders");
    JsonNode reminder = json(postroom.get("/api/v1/reminders/history?partner=gone")).at("/data/0");
    assertThat(reminder.get("code").asString())
        .as(reminder.toString())
        .isEqualTo("recipient_blocked");
    assertThat(reminder.get("reason").asString()).contains("ap@gone.example").contains("blocked");

    HttpResponse<String> begun =
        postroom.post("/api/v1/statements/runs", "{\"partners\": [\"gone\"]}");
    made(begun);
    String run = "/api/v1/statements/runs/" + json(begun).get("id").asString();
    eventually(() -> json(postroom.get(run)).get("state").asString(), "done"::equals);
    JsonNode statement = json(postroom.get(run + "/partners")).at("/data/0");
    assertThat(statement.get("state").asString()).as(statement.toString()).isEqualTo("skipped");
    assertThat(statement.get("code").asString()).isEqualTo("recipient_blocked");
    assertThat(statement.get("reason").asString()).contains("ap@gone.example").contains("blocked");

    assertThat(messagesAbout("invoice", "INV-40")).isEmpty();
    assertThat(mailsTo("ap@gone.example")).isEmpty();
  }

  /** A mail as it lay in the mailbox. */
  private record Arrived(
      List<String> to, String subject, String text, List<String> attachments, String papers) {

    static Arrived of(ScriptedSmtpServer.Received received) {
      try {
        var mail =
            new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(received.content()));
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        Multipart parts = (Multipart) mail.getContent();
        boolean mixed = parts.getContentType().startsWith("multipart/mixed");
        Multipart words = mixed ? (Multipart) parts.getBodyPart(0).getContent() : parts;
        List<String> names = new ArrayList<>();
        StringBuilder papers = new StringBuilder();
        for (int i = 1; mixed && i < parts.getCount(); i++) {
          names.add(parts.getBodyPart(i).getFileName());
          papers.append(text(parts.getBodyPart(i).getInputStream().readAllBytes()));
        }
        String text = plain(words.getBodyPart(0).getContent().toString());
        return new Arrived(
            received.recipients(), mail.getSubject(), text, names, papers.toString());
      } catch (MessagingException | IOException unreadable) {
        throw new AssertionError(unreadable);
      }
    }

    private static String text(byte[] pdf) throws IOException {
      try (var document = Loader.loadPDF(pdf)) {
        return plain(new PDFTextStripper().getText(document));
      }
    }

    private static String plain(String text) {
      return text.replace('\u00a0', ' ').replaceAll("\\s+", " ");
    }
  }

  /** What the ERP tells of, and the mail that must come of it. */
  private record Story(
      String event,
      String words,
      String kind,
      String number,
      String document,
      String automation,
      String options,
      List<String> to,
      String subject,
      List<String> says,
      String attachment,
      List<String> paper) {

    static Story of(String event, String words) {
      return new Story(event, words, "", "", "", "", "{}", List.of(), "", List.of(), "", List.of());
    }

    Story about(String kind, String number, String document) {
      return new Story(
          event,
          words,
          kind,
          number,
          document,
          automation,
          options,
          to,
          subject,
          says,
          attachment,
          paper);
    }

    Story with(String automation) {
      return new Story(
          event,
          words,
          kind,
          number,
          document,
          automation,
          options,
          to,
          subject,
          says,
          attachment,
          paper);
    }

    Story reaches(String... to) {
      return new Story(
          event,
          words,
          kind,
          number,
          document,
          automation,
          options,
          List.of(to),
          subject,
          says,
          attachment,
          paper);
    }

    Story titled(String subject) {
      return new Story(
          event,
          words,
          kind,
          number,
          document,
          automation,
          options,
          to,
          subject,
          says,
          attachment,
          paper);
    }

    Story says(String... says) {
      return new Story(
          event,
          words,
          kind,
          number,
          document,
          automation,
          options,
          to,
          subject,
          List.of(says),
          attachment,
          paper);
    }

    Story carries(String attachment, String... paper) {
      return new Story(
          event,
          words,
          kind,
          number,
          document,
          automation,
          options,
          to,
          subject,
          says,
          attachment,
          List.of(paper));
    }

    void check(Arrived mail) {
      assertThat(mail.to()).containsExactlyInAnyOrderElementsOf(to);
      assertThat(mail.subject()).isEqualTo(subject);
      assertThat(mail.text()).contains(says);
      assertThat(mail.attachments()).containsExactly(attachment);
      assertThat(mail.papers()).contains(paper);
    }

    @Override
    public String toString() {
      return "When " + words + ": “" + subject + "”";
    }
  }

  private static Story when(String event, String words) {
    return Story.of(event, words);
  }

  private static String invoice() {
    return """
    {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
     "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
     "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00", "due": "32.70"}, "references": {"customer_order": "4711"}}\
    """;
  }

  private static String order() {
    return """
    {"partner": "contoso", "issue_date": "2026-11-02", "currency": "EUR",
     "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
     "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70"}, "references": {"customer_order": "4711"}}\
    """;
  }

  private static String shipment() {
    return """
    {"partner": "contoso", "issue_date": "2026-11-02", "shipment_emails": ["dock@contoso.example"],
     "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg"}],
     "references": {"order": "SO-9", "carrier": "North Sea Freight", "tracking": "NSF-7731-0042"}}\
    """;
  }

  private static String remittance() {
    return """
    {"partner": "polder", "issue_date": "2026-11-02", "currency": "EUR",
     "contact": {"name": "Sanne Bakker", "email": "sanne@polder.example"},
     "lines": [{"id": "PG-30911", "description": "Bill", "date": "2026-10-01", "amount": "480.00"},
               {"id": "PG-30958", "description": "Bill", "date": "2026-10-12", "amount": "210.40"}],
     "totals": {"gross": "690.40", "paid": "690.40", "due": "0.00"}, "references": {"payment": "SEPA 220114"}}\
    """;
  }

  private static String receipt() {
    return """
    {"partner": "polder", "issue_date": "2026-11-02", "contact": {"name": "Maria Lund", "email": "maria@acme.example"},
     "lines": [{"description": "Milling rye", "quantity": "8.02", "unit": "t"}], "references": {"purchase_order": "PO-7004"}}\
    """;
  }

  private static String tell(String type, String id, String kind, String number) {
    return tell(type, id, "{\"kind\": \"%s\", \"number\": \"%s\"}".formatted(kind, number));
  }

  private static String payment(String type, String id, String invoice, String reason) {
    return tell(
        type,
        id,
        """
        {"kind": "invoice", "number": "%s", "amount": "32.70", "currency": "EUR"%s}\
        """
            .formatted(invoice, reason.isEmpty() ? "" : ", \"reason\": \"" + reason + "\""));
  }

  private static String tell(String type, String id, String data) {
    HttpResponse<String> told =
        postroom.send(
            postroom
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "%s", "source": "/erp/acme", "type": "%s", "data": %s}
                        """
                            .formatted(type + "/" + id, type, data))));
    assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
    return json(told).get("id").asString();
  }

  private static JsonNode settled(String event) {
    return eventually(
        () -> json(postroom.get("/api/v1/events/" + event)),
        seen -> !seen.get("state").asString().equals("accepted"));
  }

  /** The message that the event made. */
  private static String messageOf(String event) {
    JsonNode settled = settled(event);
    for (JsonNode outcome : settled.get("outcomes"))
      if (outcome.hasNonNull("message")) return outcome.get("message").asString();
    throw new AssertionError("No message came of it: " + settled);
  }

  /** The message once the mail server has it, as it has it. */
  private static Arrived arrived(String message) {
    JsonNode sent =
        eventually(
            () -> json(postroom.get("/api/v1/messages/" + message)),
            seen -> seen.get("state").asString().equals("sent"));
    String id = sent.get("message_id").asString();
    return mailbox.received().stream()
        .filter(mail -> new String(mail.content(), StandardCharsets.ISO_8859_1).contains(id))
        .map(Arrived::of)
        .findFirst()
        .orElseThrow(() -> new AssertionError("The mail server never saw " + id));
  }

  private static Arrived arrivedAt(String address, int count) {
    return eventually(() -> mailsTo(address), mails -> mails.size() >= count).getLast();
  }

  private static List<Arrived> mailsTo(String address) {
    return mailbox.received().stream()
        .filter(mail -> mail.recipients().contains(address))
        .map(Arrived::of)
        .toList();
  }

  private static List<String> messagesAbout(String kind, String number) {
    return json(postroom.get("/api/v1/messages?limit=200"))
        .get("data")
        .valueStream()
        .filter(message -> message.at("/document/kind").asString("").equals(kind))
        .filter(message -> message.at("/document/number").asString("").equals(number))
        .map(message -> message.get("id").asString())
        .toList();
  }

  /** What runs by itself anyway, without waiting for its time; returns when it is done. */
  private static void runNow(String name) {
    String company = postroom.bean(Access.class).companies().getFirst().id();
    RecurringWork work = postroom.bean(RecurringWork.class);
    work.runNow(Caller.postroom(company), name);
    eventually(
        work::all,
        all ->
            all.stream()
                .filter(one -> one.name().equals(name))
                .allMatch(one -> one.nextAt().isAfter(CLOCK.instant()) && !one.failed()));
  }

  private static void switchOn(String automation, String options) {
    String body = options.replaceFirst("\\{", "{\"enabled\": true, ").replace(", }", "}");
    made(patch(automation, body));
  }

  private static void switchOff(String automation) {
    made(patch(automation, "{\"enabled\": false}"));
  }

  private static HttpResponse<String> patch(String automation, String body) {
    return postroom.send(
        postroom
            .request("/api/v1/automations/" + automation)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  private static void put(String path, String body) {
    made(postroom.put("/api/v1/" + path, body));
  }

  private static void made(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201, 202);
  }
}
