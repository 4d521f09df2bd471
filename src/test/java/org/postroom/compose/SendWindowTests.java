package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.RunningPostroom;

/** What the window for sending offers, and what each choice changes. */
class SendWindowTests {
  private static final String SEND = "/send?kind=invoice&number=INV%2F1";
  private static RunningPostroom postroom;
  private static Browser browser;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    put(
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example", "cfo@contoso.example"]}}
        """);
    put(
        "/api/v1/documents/invoice/INV%2F1",
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [{"description": "Rye flour", "amount": "30.00"}], "totals": {"net": "30.00", "gross": "30.00"}}
        """);
    browser = Browser.signedIn(postroom);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void templateAndLayoutAreChosenWithTheirReasons() {
    Page page = browser.open(SEND);
    assertThat(page.html().select("#template option").eachText())
        .contains("By the rules", "Built-in text, German");
    assertThat(page.html().selectFirst("#template-hint").text()).contains("in English");
    Page german =
        browser.submit(
            page, "#letter", Map.of("action", "preview", "template", "built-in:invoice:de"));
    assertThat(german.html().selectFirst("#template option[selected]").text()).contains("German");
    assertThat(german.html().selectFirst("#template-hint").text()).contains("German", "chosen");
    assertThat(mail(german)).contains("Rechnung");
    Page refused =
        browser.submit(german, "#letter", Map.of("action", "send", "layout", "lay_nowhere"));
    assertThat(refused.html().select(".notice[role=alert] a").eachAttr("href"))
        .containsExactly("#layout");
  }

  @Test
  void theTextOfTheTemplateIsChangedWithinTheMailItMakes() {
    Page page = browser.open(SEND);
    Page opened = browser.submit(page, "#letter", Map.of("action", "words"));
    String words = opened.html().selectFirst("textarea#text").wholeText().strip();
    assertThat(words).contains("Kind regards").doesNotContain("<", "Invoice");
    assertThat(mail(opened)).isEqualTo(mail(page));
    Page changed =
        browser.submit(
            opened,
            "#letter",
            Map.of(
                "action",
                "preview",
                "text",
                words.replaceFirst("\n\n", "\n\nThank you, Anna.\n\n")));
    assertThat(mail(changed)).contains("Thank you, Anna.", "INV/1", "td class=\"card\"");
    assertThat(changed.html().selectFirst("pre.plain").wholeText())
        .contains("Thank you, Anna.", "INV/1");
    Page back = browser.submit(changed, "#letter", Map.of("action", "template"));
    assertThat(back.html().select("textarea#text")).isEmpty();
    assertThat(mail(back)).isEqualTo(mail(page));
  }

  @Test
  void furtherDocumentsOfTheSameOrderComeFirstAndGoAlong() throws Exception {
    put(
        "/api/v1/documents/quote/Q-1",
        "{\"partner\": \"contoso\", \"currency\": \"EUR\", \"lines\": [{\"description\": \"Rye\", \"amount\": \"1.00\"}]}");
    put(
        "/api/v1/documents/packing_slip/PS%2F7",
        "{\"partner\": \"contoso\", \"currency\": \"EUR\", \"references\": {\"invoice\": \"INV/1\"}, \"lines\": [{\"description\": \"Rye\", \"quantity\": \"25\"}]}");
    Page page = browser.open(SEND);
    assertThat(page.html().select("#documents .form-check").eachText())
        .containsExactly("Packing slip PS/7 Belongs to INV/1", "Quote Q-1 Of the same partner");
    Page chosen =
        browser.submit(
            page, "#letter", Map.of("action", "preview", "further", "packing_slip/PS/7"));
    assertThat(chosen.html().select("#documents input[checked]").eachAttr("value"))
        .containsExactly("packing_slip/PS/7");
  }

  @Test
  void knownAddressesAreAddedWithAPress() {
    Page page = browser.open(SEND);
    Page more = browser.submit(page, "#letter", Map.of("add", "cc:info@contoso.example"));
    assertThat(more.html().selectFirst("#cc").wholeText().strip())
        .isEqualTo("info@contoso.example");
    assertThat(more.html().select("button[name=add]")).isEmpty();
    assertThat(more.html().selectFirst("#button-words").text()).isEqualTo("Send to 3 people");
  }

  private String mail(Page page) {
    return browser
        .open(page.html().selectFirst("iframe.preview").attr("src"))
        .response()
        .body()
        .replaceAll("\\s+", " ");
  }

  private static void put(String path, String body) {
    HttpResponse<String> reply = postroom.put(path, body);
    assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
  }
}
