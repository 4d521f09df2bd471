package org.postroom.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.documents.DocumentKind;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.testkit.TestDatabase;

/** What strangers with a link can do, and what nobody can, on both databases. */
@ParameterizedClass
@EnumSource
class PublicPagesTests {
  private static final String HOSTILE = "<script>alert(1)</script><b>'\\\"&";
  private static final AtomicInteger STRANGERS = new AtomicInteger(2);
  private static PublicShop shop;
  @Parameter TestDatabase database;
  private HttpClient stranger;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    shop = PublicShop.on(database);
    shop.takesCards();
    shop.partner("fr");
  }

  /** Each from an address of their own, as who asks too often has to wait. */
  @BeforeEach
  void come() throws Exception {
    InetAddress address = InetAddress.getByName("127.0.0." + STRANGERS.incrementAndGet());
    stranger = HttpClient.newBuilder().localAddress(address).build();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    shop.close();
  }

  @Test
  void aPageLeavesNoTraceAndIsFoundByNobody() {
    HttpResponse<String> page = get(shop.page(invoice("A-1", "de")));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "X-Robots-Tag")).contains("noindex");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(page, "Cache-Control")).contains("no-store");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'none'", "form-action 'self'")
        .doesNotContain("script-src", "unsafe");
    assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    Document html = Jsoup.parse(page.body());
    assertThat(html.select("script")).isEmpty();
    assertThat(html.select("meta[name=robots]").attr("content")).contains("noindex");
    assertThat(html.select("html").attr("lang")).isEqualTo("de");
    assertThat(html.text()).contains("Rechnung A-1", "1.284,50", "DE89 3704 0044 0532 0130 00");
    assertThat(page.body()).doesNotContain("ap@contoso.example", "info@contoso.example", "com_");
  }

  @Test
  void theLanguageIsTheDocumentsElseThePartnersElseTheCompanysUnlessChosen() {
    PaymentLink german = invoice("L-1", "de");
    shop.document("invoice", "L-2", "xx", "EUR", "10.00", "");
    shop.put(
        "documents/invoice/L-3",
        "{\"partner\": \"contoso\", \"currency\": \"EUR\", \"totals\": {\"gross\": \"10.00\"}}");
    shop.put(
        "documents/invoice/L-4", "{\"currency\": \"EUR\", \"totals\": {\"gross\": \"10.00\"}}");
    assertThat(language(shop.page(german))).isEqualTo("de");
    assertThat(language(shop.page(german) + "?lang=pt")).isEqualTo("pt");
    assertThat(language(shop.page(german) + "?lang=klingon")).isEqualTo("de");
    assertThat(language(shop.page(of("L-2")))).isEqualTo("en");
    assertThat(language(shop.page(of("L-3")))).isEqualTo("fr");
    assertThat(language(shop.page(of("L-4")))).isEqualTo("en");
  }

  @Test
  void unknownMalformedAndForeignLinksAnswerAlike() {
    String unknown = get("/pay/" + "A".repeat(43)).body();
    PaymentLink link = invoice("U-1", "en");
    String real = shop.page(link).substring("/pay/".length());
    List<String> others =
        new ArrayList<>(
            List.of(
                "/pay/x", "/pay/", "/pay", "/approve", "/approve/" + "A".repeat(43), "/pay/a/b/c"));
    others.add("/pay/" + real.substring(1));
    others.add("/pay/" + real + "A");
    others.add("/pay/" + real.toLowerCase(java.util.Locale.ROOT));
    others.add("/pay/%E2%82%AC");
    others.add("/pay/" + "A".repeat(3000));
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) others.add("/pay/" + letters(random));
    for (String other : others) {
      HttpResponse<String> answer = get(other);
      assertThat(answer.statusCode()).as(other).isEqualTo(404);
      assertThat(answer.body()).as(other).isEqualTo(unknown);
      assertThat(header(answer, "X-Robots-Tag")).contains("noindex");
    }
    assertThat(get("/pay/" + "A".repeat(43) + "/document.pdf").body()).isEqualTo(unknown);
    assertThat(post("/pay/" + "A".repeat(43) + "/ways/bank", "").body()).isEqualTo(unknown);
    assertThat(post("/approve/" + "A".repeat(43), "decision=approve&name=x").body())
        .isEqualTo(unknown);
  }

  @Test
  void lookingChangesNothingButThatItWasLookedAt() {
    PaymentLink link = invoice("V-1", "en");
    head(shop.page(link));
    head(shop.page(link) + "/document.pdf");
    assertThat(again(link).openedAt()).isNull();
    get(shop.page(link) + "?came=paid");
    get(shop.page(link) + "/ways/bank");
    get(shop.page(link) + "/ask");
    PaymentLink after = again(link);
    assertThat(after.openedAt()).isNotNull();
    assertThat(after.payment()).isEqualTo(Payment.NOT_PAID);
    assertThat(after.state()).isEqualTo(PaymentLink.State.USABLE);
    PaymentLink quote = quote("V-2");
    get(shop.page(quote) + "?decision=approve&name=Scanner");
    head(shop.page(quote));
    assertThat(again(quote).payment()).isEqualTo(Payment.NOT_PAID);
  }

  @Test
  void comingBackIsNoProofAndThePageLooksAgainAFewTimesOnly() {
    String page = shop.page(invoice("W-1", "en"));
    HttpResponse<String> first = get(page + "?came=paid");
    assertThat(header(first, "Refresh")).startsWith("3;url=" + page + "?came=paid&look=2");
    assertThat(text(first)).contains("We are waiting for the confirmation");
    assertThat(Jsoup.parse(first.body()).select("form")).isEmpty();
    HttpResponse<String> last = get(page + "?came=paid&look=5");
    assertThat(last.headers().firstValue("Refresh")).isEmpty();
    assertThat(get(page + "?came=paid&look=99999999999").statusCode()).isEqualTo(200);
    assertThat(text(get(page + "?came=cancelled"))).contains("without paying");
  }

  @Test
  void whatIsPaidSaysHowAndWhoNotedItStaysInside() {
    PaymentLink link = invoice("P-1", "en");
    shop.paid(link, "pi_1", "284.50", "Stripe");
    assertThat(text(get(shop.page(link)))).contains("A part has been paid", "€1,000.00");
    shop.paid(link, "bank_1", "1000.00", "noted by Maria Lund");
    String paid = text(get(shop.page(link)));
    assertThat(paid)
        .contains("Paid. Thank you!", "€1,284.50", "Stripe", "noted by hand", "November 20, 2026")
        .doesNotContain("Maria");
    assertThat(post(shop.page(link) + "/ways/bank", "").statusCode()).isIn(302, 303);
  }

  @Test
  void askingForANewLinkTellsTheCompanyOnceADay() {
    PaymentLink link = invoice("E-1", "en");
    post(shop.page(link) + "/ask", "");
    assertThat(shop.links().needsLook(link)).isFalse();
    shop.expire(link);
    assertThat(get(shop.page(link)).statusCode()).isEqualTo(410);
    assertThat(get(shop.page(link) + "/document.pdf").statusCode()).isEqualTo(404);
    for (int i = 0; i < 3; i++) post(shop.page(link) + "/ask", "");
    assertThat(text(get(shop.page(link)))).contains("We have passed it on");
    assertThat(shop.links().needsLook(link)).isTrue();
    assertThat(
            shop.postroom().bean(Notifications.class).list(link.company(), 50, null).data().stream()
                .filter(news -> ("/payments/" + link.id()).equals(news.link())))
        .extracting(Notification::kind)
        .containsExactly(Notification.Kind.NEW_LINK_ASKED);
    assertThat(shop.links().history(link.company(), link.id()))
        .filteredOn(happened -> happened.what().contains("Asked for a new link"))
        .hasSize(1);
    shop.sql("UPDATE payment_links SET asked_at = 1000 WHERE id = '" + link.id() + "'");
    post(shop.page(link) + "/ask", "");
    assertThat(shop.links().history(link.company(), link.id()))
        .filteredOn(happened -> happened.what().contains("Asked for a new link"))
        .hasSize(2);
  }

  @Test
  void aQuoteIsDecidedOnceAndSaysByWhom() {
    PaymentLink link = quote("Q-1");
    String page = shop.page(link);
    assertThat(post(page, "decision=approve&name=").statusCode()).isEqualTo(422);
    assertThat(post(page, "decision=maybe&name=Anna").statusCode()).isEqualTo(422);
    assertThat(post(page, "decision=decline&name=Anna&comment=+").statusCode()).isEqualTo(422);
    assertThat(post(page, "decision=approve&name=" + "n".repeat(201)).statusCode()).isEqualTo(422);
    assertThat(post(page, "decision=approve&name=A&comment=" + "c".repeat(2001)).statusCode())
        .isEqualTo(422);
    assertThat(post(page, "decision=approve&name=%E2%80%8B").statusCode()).isEqualTo(422);
    assertThat(again(link).payment()).isEqualTo(Payment.NOT_PAID);
    assertThat(post(page, "decision=approve&name=Anna+Byrne&comment=Before+noon").statusCode())
        .isIn(302, 303);
    assertThat(text(get(page))).contains("Approved. Thank you!", "Anna Byrne", "Before noon");
    HttpResponse<String> second = post(page, "decision=decline&name=Bert&comment=No");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(text(second)).contains("decided already", "Anna Byrne").doesNotContain("Bert");
    assertThat(again(link).payment()).isEqualTo(Payment.APPROVED);
  }

  @Test
  void ofManyDecisionsAtOnceOneCounts() {
    String page = shop.page(quote("Q-2"));
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++)
      all.add(
          stranger.sendAsync(
              form(page, "decision=approve&name=Person" + i), BodyHandlers.ofString()));
    List<Integer> answers = all.stream().map(one -> one.join().statusCode()).sorted().toList();
    assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
    assertThat(answers.getFirst()).isIn(302, 303);
  }

  @Test
  void whatOthersWroteStaysText() {
    shop.put(
        "documents/quote/H-1",
        """
        {"currency": "EUR", "language": "en", "references": {"customer_order": "%1$s"},
         "lines": [{"description": "%1$s", "details": ["%1$s"], "unit": "%1$s", "quantity": "1", "amount": "5.00"}],
         "totals": {"gross": "5.00"}}
        """
            .formatted(HOSTILE));
    PaymentLink link = shop.link(Kind.APPROVAL, DocumentKind.QUOTE, "H-1");
    post(shop.page(link), "decision=decline&name=%3Cscript%3Ex%3C/script%3E&comment=%3Cb%3Ebold");
    Document html = Jsoup.parse(get(shop.page(link)).body());
    assertThat(html.select("script, main b")).isEmpty();
    assertThat(html.text()).contains("<script>alert(1)</script>", "<script>x</script>", "<b>bold");
  }

  @Test
  void garbageInFormsBreaksNothing() {
    PaymentLink link = quote("G-1");
    Random random = new Random(11);
    for (int i = 0; i < 30; i++) {
      String body =
          "decision="
              + garbage(random)
              + "&name="
              + garbage(random)
              + "&comment="
              + garbage(random);
      assertThat(post(shop.page(link), body).statusCode()).as(body).isIn(400, 422);
    }
    assertThat(post(shop.page(link), "").statusCode()).isEqualTo(422);
    assertThat(again(link).payment()).isEqualTo(Payment.NOT_PAID);
  }

  @Test
  void thePdfIsTheDocumentsOwn() throws Exception {
    String page = shop.page(invoice("D-1", "de"));
    HttpResponse<byte[]> pdf =
        stranger.send(request(page + "/document.pdf").build(), BodyHandlers.ofByteArray());
    assertThat(pdf.statusCode()).isEqualTo(200);
    assertThat(new String(pdf.body(), 0, 5)).isEqualTo("%PDF-");
    assertThat(pdf.headers().firstValue("X-Robots-Tag").orElseThrow()).contains("noindex");
    assertThat(get(page + "/documents/1.pdf").statusCode()).isEqualTo(200);
    assertThat(get(page + "/documents/2.pdf").statusCode()).isEqualTo(404);
    assertThat(get(page + "/documents/0.pdf").statusCode()).isEqualTo(404);
    assertThat(get(page + "/logo").headers().firstValue("Content-Type")).contains("image/png");
  }

  @Test
  void whoAsksTooOftenIsToldToWait() {
    String page = shop.page(invoice("R-1", "en"));
    HttpResponse<String> answer = get(page);
    for (int i = 0; i < 130 && answer.statusCode() == 200; i++) answer = get(page);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "Retry-After")).isEqualTo("60");
    assertThat(text(answer)).contains("Too many requests");
    assertThat(header(answer, "X-Robots-Tag")).contains("noindex");
    HttpResponse<String> other = get(shop.page(invoice("R-2", "en")));
    assertThat(other.statusCode()).isEqualTo(200);
    for (int i = 0; i < 310 && other.statusCode() != 429; i++) other = get("/pay/guess" + i);
    assertThat(other.statusCode()).isEqualTo(429);
  }

  private PaymentLink invoice(String number, String language) {
    shop.invoice(number, language, "1284.50");
    return of(number);
  }

  private PaymentLink of(String number) {
    return shop.link(Kind.INVOICE, DocumentKind.INVOICE, number);
  }

  private PaymentLink quote(String number) {
    shop.document("quote", number, "en", "EUR", "1284.50", "");
    return shop.link(Kind.APPROVAL, DocumentKind.QUOTE, number);
  }

  private PaymentLink again(PaymentLink link) {
    return shop.links().get(shop.me(), link.id());
  }

  private String language(String path) {
    return Jsoup.parse(get(path).body()).select("html").attr("lang");
  }

  private static String text(HttpResponse<String> page) {
    return Jsoup.parse(page.body()).text();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** Letters of any script. */
  private static String letters(Random random) {
    String text =
        random
            .ints(0xA1, 0xD7FF)
            .filter(Character::isLetterOrDigit)
            .limit(1 + random.nextInt(60))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Percent-encoded bytes of any kind, without a slash. */
  private static String garbage(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1 + random.nextInt(60); i++)
      text.append("%%%02X".formatted(0x80 + random.nextInt(0x80)));
    return text.toString();
  }

  private HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  private void head(String path) {
    HttpResponse<String> answer =
        send(request(path).method("HEAD", BodyPublishers.noBody()).build());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> post(String path, String body) {
    return send(form(path, body));
  }

  private HttpRequest form(String path, String body) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(shop.postroom().url() + path));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return stranger.send(request, BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
