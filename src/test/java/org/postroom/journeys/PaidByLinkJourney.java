package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import com.microsoft.playwright.Page;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.console.RecurringWork;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.StripeServer;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/**
 * A person switches automatic mails on, the ERP tells of two invoices, a customer pays one of them
 * through the mail's link at Stripe, gets a receipt, and is never reminded of it; whoever has not
 * paid is.
 */
@ExtendWith(WithChromium.class)
class PaidByLinkJourney {
  private static final String HOOK = "whsec_journey000000000000";
  private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
  private static StripeServer stripe;
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    stripe = StripeServer.start(CLOCK);
    int port = FreePort.next();
    postroom =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_HTTP_PORT",
                String.valueOf(port),
                "POSTROOM_PUBLIC_URL",
                "http://127.0.0.1:" + port,
                "POSTROOM_STRIPE_URL",
                stripe.url()),
            CLOCK);
  }

  @AfterAll
  static void stop() {
    postroom.close();
    stripe.close();
  }

  @Test
  void whoPaysByTheLinkGetsAReceiptAndNoReminder(Chromium chromium) {
    try (Tab clerk = chromium.desktop();
        Tab customer = chromium.phone()) {
      clerk.signIn(postroom);
      switchOn(clerk, "invoice_issued");
      switchOn(clerk, "payment_succeeded");
      switchRemindersOn(clerk);
      setStripeUp(clerk);
      putLinksIntoMails(clerk);

      issue("contoso", "INV-1", "1284.50");
      issue("polder", "INV-2", "32.70");
      String mail = mails("ap@contoso.example", 1).getFirst();
      assertThat(mail).contains("INV-1");
      String link = link(mail);

      pay(customer, link);
      assertThat(customer.page().locator("main").textContent()).contains("1,284.50");
      List<String> received = mails("ap@contoso.example", 2);
      assertThat(received.getLast()).contains("payment").contains("INV-1");
      assertThat(due("INV-1")).isEqualTo("0.00");
      assertThat(due("INV-2")).isEqualTo("32.70");

      CLOCK.set(Instant.parse("2026-11-17T10:00:00Z"));
      put("polder", "INV-2", "32.70"); // the ERP is awake: nothing holds reminders back
      runNow("reminders");
      String reminder = mails("ap@polder.example", 2).getLast();
      assertThat(reminder).contains("Reminder", "INV-2");
      assertThat(mails("ap@contoso.example", 2)).hasSize(2);

      clerk.signIn(postroom); // two weeks end every session
      clerk.open(postroom.url() + "/documents/invoice/INV-1");
      assertThat(clerk.page().locator("#links").textContent()).contains("Paid");
      clerk.assertWellMade();
      customer.open(link);
      assertThat(customer.page().locator("form.way").count()).isZero();
    }
  }

  private static void switchOn(Tab clerk, String name) {
    clerk.open(postroom.url() + "/automatic");
    clerk
        .page()
        .locator("form[action='/automatic/" + name + "/switch'] input[role=switch]")
        .click();
    clerk.page().locator("text=Switch on").last().click();
    assertThat(json(postroom.get("/api/v1/automations/" + name)).get("enabled").asBoolean())
        .isTrue();
  }

  private static void switchRemindersOn(Tab clerk) {
    clerk.open(postroom.url() + "/reminders/switch");
    clerk.page().locator("form[action$='/reminders/switch'] button").first().click();
    assertThat(
            json(postroom.get("/api/v1/automations/overdue_reminder")).get("enabled").asBoolean())
        .isTrue();
  }

  private static void setStripeUp(Tab clerk) {
    clerk.open(postroom.url() + "/payments/ways/new?kind=stripe");
    clerk.page().locator("#secret").fill(StripeServer.TEST_KEY);
    clerk.page().locator("#webhook_secret").fill(HOOK);
    clerk.page().locator("form[action='/payments/ways/new'] button[type=submit]").click();
    String hook = clerk.page().locator("#hook").textContent().strip();
    stripe.webhook(hook, HOOK);
  }

  private static void putLinksIntoMails(Tab clerk) {
    clerk.open(postroom.url() + "/payments/settings");
    clerk.page().locator("#in_mails").check();
    clerk.page().locator("main form button[type=submit]").click();
    clerk.page().waitForSelector("text=Saved.");
  }

  private static void pay(Tab customer, String link) {
    Page page = customer.page();
    customer.open(link);
    customer.assertWellMade();
    page.locator("form.way button").first().click();
    page.waitForSelector("#pay");
    assertThat(page.locator("#amount").textContent()).isEqualTo("128450 eur");
    page.locator("#pay").click();
    page.waitForURL(url -> url.startsWith(link));
    eventually(
        () -> json(postroom.get("/api/v1/payment_links")).get("data"),
        links -> {
          for (JsonNode one : links) if (one.get("state").asString().equals("used")) return true;
          return false;
        });
    customer.open(link);
  }

  private static void issue(String partner, String number, String amount) {
    made(
        postroom.put(
            "/api/v1/partners/" + partner,
            """
            {"type": "customer", "name": "%1$s", "language": "en", "currency": "EUR",
             "emails": {"main": ["info@%1$s.example"], "billing": ["ap@%1$s.example"]}}\
            """
                .formatted(partner)));
    put(partner, number, amount);
    made(
        postroom.post(
            "/api/v1/events",
            """
            {"specversion": "1.0", "id": "%1$s", "source": "/erp", "type": "invoice.issued",
             "data": {"kind": "invoice", "number": "%1$s"}}\
            """
                .formatted(number)));
  }

  private static void put(String partner, String number, String amount) {
    made(
        postroom.put(
            "/api/v1/documents/invoice/" + number,
            """
            {"partner": "%s", "issue_date": "2026-11-02", "due_date": "2026-11-09", "currency": "EUR",
             "lines": [{"description": "Rye flour", "quantity": "25", "amount": "%2$s"}],
             "totals": {"net": "%2$s", "tax": "0.00", "gross": "%2$s", "due": "%2$s"}}\
            """
                .formatted(partner, amount)));
  }

  private static String due(String number) {
    return json(postroom.get("/api/v1/documents/invoice/" + number))
        .get("totals")
        .get("due")
        .asString();
  }

  /** What that mailbox has received, oldest first, once it is so many. */
  private static List<String> mails(String address, int count) {
    return eventually(
        () -> {
          List<String> texts = new ArrayList<>();
          for (JsonNode one : json(postroom.get("/api/v1/local_messages?limit=50")).get("data"))
            if (one.get("recipients").toString().contains(address))
              texts.addFirst(text(one.get("id").asString()));
          return texts;
        },
        texts -> texts.size() >= count);
  }

  private static String text(String id) {
    try {
      byte[] mime = postroom.bytes("/api/v1/local_messages/" + id + "/content").body();
      var mail = new MimeMessage(null, new ByteArrayInputStream(mime));
      return mail.getSubject() + "\n" + plain(mail);
    } catch (MessagingException | IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String plain(Part part) throws MessagingException, IOException {
    if (part.isMimeType("text/plain")) return (String) part.getContent();
    return plain(((Multipart) part.getContent()).getBodyPart(0));
  }

  private static String link(String mail) {
    Matcher found = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/pay/[\\w-]{43}").matcher(mail);
    assertThat(found.find()).as(mail).isTrue();
    return found.group();
  }

  private static void runNow(String name) {
    String company = postroom.bean(Access.class).companies().getFirst().id();
    RecurringWork work = postroom.bean(RecurringWork.class);
    work.runNow(Caller.postroom(company), name);
  }

  private static void made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
  }
}
