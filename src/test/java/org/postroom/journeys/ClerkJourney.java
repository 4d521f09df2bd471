package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.compose.Sending;
import org.postroom.compose.SendingChoices;
import org.postroom.mail.Attachment;
import org.postroom.mail.MailContent;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/**
 * A clerk finds the invoice, looks at the mail, changes its text, adds the packing slip, lets it go
 * at five o'clock, takes it back and sends it at once. What was shown is what arrives, once.
 */
@ExtendWith(WithChromium.class)
class ClerkJourney {
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start();
    put(
        "partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example"]},
         "contacts": [{"name": "Anna de Vries", "email": "anna@contoso.example", "roles": ["purchasing"]}]}
        """);
    put(
        "documents/invoice/INV-2026-0412",
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR", "references": {"order": "4711"},
         "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "amount": "30.00"}], "totals": {"net": "30.00", "gross": "30.00"}}
        """);
    put(
        "documents/packing_slip/PS-7",
        """
        {"partner": "contoso", "currency": "EUR", "references": {"order": "4711"}, "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg"}]}
        """);
    String company = postroom.bean(Access.class).companies().getFirst().id();
    postroom.bean(Sending.class).choose(Caller.postroom(company), new SendingChoices(1, false, 30));
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void theClerksWay(Chromium chromium) {
    String shown;
    byte[] invoice;
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      find(tab);
      change(tab);
      atFive(tab);
      takeBack(tab);
      tab.page().locator("input[name=when][value=now]").check();
      tab.page().waitForSelector("#button-words:text('Send to 1 person')");
      String draft = tab.page().url().replaceAll("[?#].*", "");
      shown = tab.page().request().get(draft + "/mail").text();
      invoice = tab.page().request().get(draft + "/attachments/0").body();
      tab.page().locator("#subject").press("Control+Enter");
      tab.page().waitForURL("**/messages/msg_*");
      tab.page().waitForSelector("text=Accepted");
    }
    byte[] arrived = arrived();
    MailContent mail = MailContent.read(arrived);
    assertThat(lines(String.valueOf(mail.html()))).isEqualTo(lines(shown));
    assertThat(mail.text()).contains("Thank you, Anna, for the quick call.");
    assertThat(mail.attachments())
        .extracting(Attachment::filename)
        .containsExactly("Invoice INV-2026-0412.pdf", "Packing slip PS-7.pdf");
    assertThat(mail.attachments().getFirst().content()).isEqualTo(invoice);
    assertThat(states()).containsExactly("sent", "cancelled");
    String sent = messages().get(0).get("id").stringValue();
    assertThat(arrived).isEqualTo(postroom.bytes("/api/v1/messages/" + sent + "/content").body());
    assertThat(
            postroom.get("/api/v1/messages?document_kind=packing_slip&document_number=PS-7").body())
        .contains(sent);
  }

  private void find(Tab tab) {
    tab.open(postroom.url() + "/send");
    tab.page().locator("#q").fill("0412");
    tab.page().locator("#q").press("Enter");
    tab.page().locator("main td a.btn").first().click();
    tab.page().waitForSelector("#letter");
    tab.page().frameLocator("iframe.preview").locator("text=INV-2026-0412").first().waitFor();
    assertThat(tab.page().locator("#to").inputValue().strip()).isEqualTo("ap@contoso.example");
  }

  private void change(Tab tab) {
    tab.page().locator("button[value=words]").click();
    tab.page().waitForSelector("textarea#text");
    String words = tab.page().locator("#text").inputValue();
    tab.page()
        .locator("#text")
        .fill(words.replaceFirst("\n\n", "\n\nThank you, Anna, for the quick call.\n\n"));
    tab.page()
        .frameLocator("iframe.preview")
        .locator("p:text('Thank you, Anna, for the quick call.')")
        .waitFor();
    tab.page().getByLabel("Packing slip PS-7").check();
    tab.page().waitForSelector(".checks li:has-text('Packing slip PS-7.pdf goes along')");
    tab.screenshot("clerk-1360");
    tab.assertWellMade();
  }

  private void atFive(Tab tab) {
    tab.page().locator("input[name=when][value=at]").check();
    tab.page().locator("#at").fill(tomorrow());
    tab.page().waitForSelector("#button-words:text('Send later')");
    tab.page().locator("button[value=send]").click();
    tab.page().waitForURL("**/messages/msg_*");
    assertThat(tab.page().locator("main").innerText()).contains("It has not left yet");
    tab.screenshot("clerk-waits-1360");
    tab.assertAccessible();
    assertThat(states()).containsExactly("queued");
  }

  private void takeBack(Tab tab) {
    tab.page().locator("form[action$=undo] button").click();
    tab.page().waitForURL("**/send/drafts/*");
    assertThat(tab.page().locator("#text").inputValue()).contains("Thank you, Anna");
    assertThat(tab.page().getByLabel("Packing slip PS-7").isChecked()).isTrue();
    assertThat(tab.page().locator("#at").inputValue()).isEqualTo(tomorrow());
    assertThat(states()).containsExactly("cancelled");
  }

  private byte[] arrived() {
    JsonNode caught =
        eventually(
            () -> json(postroom.get("/api/v1/local_messages")).get("data"),
            data -> data.size() == 1);
    String id = caught.get(0).get("id").stringValue();
    return postroom.bytes("/api/v1/local_messages/" + id + "/content").body();
  }

  private JsonNode messages() {
    return json(postroom.get("/api/v1/messages")).get("data");
  }

  /** Newest first. */
  private List<String> states() {
    return messages().valueStream().map(message -> message.get("state").stringValue()).toList();
  }

  private static String tomorrow() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(1) + "T17:00";
  }

  private static List<String> lines(String text) {
    return text.strip().lines().toList();
  }

  private void put(String path, String body) {
    HttpResponse<String> reply = postroom.put("/api/v1/" + path, body);
    assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
  }
}
