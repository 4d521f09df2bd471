package org.postroom.payments.address;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.net.Webhook;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.AccessForTests;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.DocumentsForTests;
import org.postroom.documents.Source;
import org.postroom.http.Problem;
import org.postroom.payments.AddressPattern;
import org.postroom.payments.Checkout;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewayDraft;
import org.postroom.payments.GatewaysForTests;
import org.postroom.payments.HookSignature;
import org.postroom.payments.NewLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.payments.PaymentsForTests;
import org.postroom.payments.Way;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.springframework.mock.web.MockHttpServletRequest;

/** Any other gateway: the way there and what it answers. */
@ParameterizedClass
@EnumSource
class AddressProviderTests {
  private static final String SECRET = "a shared secret of some length";
  private static final String PATTERN =
      "https://pay.example/start?a={amount}&m={amount_minor}&c={currency}&r={reference}&l={link}"
          + "&back={return}&to={notify}&e={email}";

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T09:00:00Z"));
  private Database database;
  private PaymentLinks links;
  private Caller maria;
  private Gateway gateway;
  private PaymentLink link;
  private AddressProvider provider;
  private AnswerHook hook;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    links = PaymentsForTests.on(database);
    String company = AccessForTests.company(database, "Acme", ZoneId.of("Europe/Vienna"));
    maria =
        new Caller(
            company, Caller.Kind.PERSON, "usr_1", "Maria", null, Set.of(Right.values()), false);
    gateway = GatewaysForTests.settings(database).add(maria, draft(PATTERN, "sig", SECRET));
    link = link("R&D 1/2");
    provider =
        new AddressProvider(
            new Settings(Map.of("POSTROOM_PUBLIC_URL", PaymentsForTests.PUBLIC_URL)));
    hook =
        new AnswerHook(
            database, GatewaysForTests.keys(database), GatewaysForTests.tellings(database, links));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everythingIsEncodedAndSigned() {
    var checkout =
        new Checkout(
            links.look(maria, link.id()),
            "a+b@contoso.example",
            Locale.ENGLISH,
            URI.create("https://pay.acme.example/pay/t"));
    var open = GatewaysForTests.keys(database).called(gateway.id()).orElseThrow();
    String there = provider.begin(open, checkout).toString();
    assertThat(there)
        .startsWith("https://pay.example/start?a=119.00&m=11900&c=EUR&r=R%26D%201%2F2&l=pay_")
        .contains("&back=https%3A%2F%2Fpay.acme.example%2Fpay%2Ft%3Fcame%3Dpaid&")
        .contains("%2Fhooks%2Fpayments%2F" + gateway.id() + "&e=a%2Bb%40contoso.example&sig=");
    String[] parts = there.split("&sig=");
    assertThat(parts[1]).isEqualTo(HookSignature.hmac(SECRET, parts[0].getBytes(UTF_8)));
  }

  @Test
  void addressesThatCannotBeUsedAreRefused() {
    for (String wrong :
        List.of(
            "http://pay.example/{link}",
            "https://{link}.example/",
            "https://pay.example/",
            "https://pay.example/{link}#x",
            "https://pay.example/{link}{nothing}",
            "https://user@pay.example/{link}",
            "https://pay.example/ {link}",
            "javascript:alert(1)//{link}",
            "https:///{link}")) assertThat(AddressPattern.trouble(wrong)).as(wrong).isNotNull();
    assertThat(AddressPattern.trouble(PATTERN)).isNull();
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () -> GatewaysForTests.settings(database).add(maria, draft(PATTERN, "sig", null)));
    assertThat(problem.errorAt("/secret")).contains("needs a secret");
  }

  @Test
  void aSignedAnswerIsNotedOnce() throws Exception {
    String paid = body("succeeded", "\"amount\": \"119.00\", \"currency\": \"EUR\"");
    assertThat(call(paid, SECRET)).isEqualTo(200);
    assertThat(call(paid, SECRET)).isEqualTo(200);
    assertThat(call(body("processing", "\"at\": \"2026-11-21T08:00:00Z\""), SECRET)).isEqualTo(200);
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.PAID);
    assertThat(
            documents()
                .find(maria.company(), DocumentKind.INVOICE, "R&D 1/2")
                .orElseThrow()
                .payments())
        .hasSize(1);
  }

  @Test
  void aDeclinedOneIsToldWithItsReason() throws Exception {
    assertThat(call(body("declined", "\"reason\": \"No funds\""), SECRET)).isEqualTo(200);
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.DECLINED);
  }

  @Test
  void whatIsWrongIsRefusedAndNothingIsNoted() throws Exception {
    String paid = body("succeeded", "\"amount\": \"119.00\", \"currency\": \"EUR\"");
    assertThat(call(paid, "another secret of some length")).isEqualTo(400);
    for (String wrong :
        List.of(
            "",
            "[]",
            "{",
            "{}",
            body("paid", ""),
            body("succeeded", ""),
            body("succeeded", "\"amount\": \"-1\", \"currency\": \"EUR\""),
            body("succeeded", "\"amount\": \"0.00\", \"currency\": \"EUR\""),
            body("succeeded", "\"amount\": 119, \"currency\": \"EUR\""),
            body("succeeded", "\"amount\": \"1\", \"currency\": \"euro\""),
            body("declined", "\"x\": 1"))) assertThat(call(wrong, SECRET)).as(wrong).isIn(400, 422);
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.NOT_PAID);
  }

  private int call(String body, String secret) throws Exception {
    var request = new MockHttpServletRequest("POST", "/hooks/payments/" + gateway.id());
    request.setContent(body.getBytes(UTF_8));
    request.addHeader(
        "Postroom-Signature",
        Webhook.Signature.generateSignatureHeader(body, secret, clock.instant().getEpochSecond()));
    return hook.called(gateway.id(), request).getStatusCode().value();
  }

  private String body(String state, String more) {
    return "{\"link\": \"%s\", \"reference\": \"TX-1\", \"state\": \"%s\"%s}"
        .formatted(link.id(), state, more.isEmpty() ? "" : ", " + more);
  }

  private Documents documents() {
    return DocumentsForTests.on(database);
  }

  private PaymentLink link(String number) {
    byte[] json =
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "currency": "EUR", "lines": [],
         "totals": {"gross": "119.00", "due": "119.00"}}\
        """
            .getBytes(UTF_8);
    documents()
        .put(maria, documents().readJson(DocumentKind.INVOICE, number, json), Source.json(json));
    var wanted = new NewLink.Wanted(DocumentKind.INVOICE, number, null);
    return links.make(maria, new NewLink(PaymentLink.Kind.INVOICE, List.of(wanted), null));
  }

  private static GatewayDraft draft(String pattern, String parameter, String secret) {
    return new GatewayDraft(
        Way.Kind.URL, "Acme Pay", true, List.of(), pattern, parameter, secret, null);
  }
}
