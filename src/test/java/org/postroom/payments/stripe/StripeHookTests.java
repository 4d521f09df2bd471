package org.postroom.payments.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
import org.postroom.documents.Payment;
import org.postroom.documents.Source;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.payments.Checkout;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewayEvent;
import org.postroom.payments.GatewayKeys;
import org.postroom.payments.GatewaysForTests;
import org.postroom.payments.HookBody;
import org.postroom.payments.NewLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.payments.PaymentNews;
import org.postroom.payments.PaymentsForTests;
import org.postroom.payments.Tellings;
import org.postroom.testkit.StripeServer;
import org.postroom.testkit.StripeSession;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

@ParameterizedClass
@EnumSource
class StripeHookTests {
  private static final String HOOK = "whsec_hook0000000000000000";
  private static final URI BACK = URI.create("https://pay.acme.example/pay/t0k3n");

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T09:00:00Z"));
  private final List<PaymentNews.News> news = Collections.synchronizedList(new ArrayList<>());
  private StripeServer stripe;
  private Database database;
  private Documents documents;
  private PaymentLinks links;
  private Caller maria;
  private Web web;
  private Gateway gateway;
  private GatewayKeys keys;
  private StripeCheckout checkout;
  private StripeHook hook;
  private int count;

  @BeforeEach
  void open() {
    stripe = StripeServer.start(clock);
    database = kind.open(clock);
    documents = DocumentsForTests.on(database);
    links = PaymentsForTests.on(database, news::add);
    maria = person(AccessForTests.company(database, "Acme", ZoneId.of("Europe/Vienna")));
    gateway = GatewaysForTests.stripe(database, maria, StripeServer.TEST_KEY, HOOK);
    keys = GatewaysForTests.keys(database);
    web = new Web(Trust.ofSystem());
    var api = new StripeApi(web, new Settings(Map.of("POSTROOM_STRIPE_URL", stripe.url())));
    Tellings tellings = GatewaysForTests.tellings(database, links);
    checkout = new StripeCheckout(database, api, new SessionLooks(database, api, tellings), keys);
    hook = new StripeHook(database, keys, tellings);
  }

  @AfterEach
  void close() {
    web.close();
    database.close();
    stripe.close();
  }

  @Test
  void aPaymentIsNotedOnceHoweverOftenItIsTold() throws Exception {
    PaymentLink link = begun("119.00");
    stripe.pay(stripe.session());
    for (int i = 0; i < 3; i++)
      for (StripeServer.Event event : stripe.events())
        assertThat(send(event).getStatusCode().value()).isEqualTo(200);
    PaymentLink paid = links.get(maria, link.id());
    assertThat(paid.payment()).isEqualTo(PaymentLink.Payment.PAID);
    assertThat(paid.state()).isEqualTo(PaymentLink.State.USED);
    assertThat(payments("INV-1"))
        .extracting(Payment::reference)
        .containsExactly(stripe.session().intent());
    assertThat(news)
        .extracting(PaymentNews.News::what)
        .containsExactly(PaymentNews.What.PAYMENT_SUCCEEDED);
    assertThat(GatewaysForTests.events(database, gateway)).hasSize(2);
  }

  @Test
  void aBankDebitIsOnItsWayFirst() throws Exception {
    PaymentLink link = begun("119.00");
    stripe.payLater(stripe.session());
    sendAll();
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.PROCESSING);
    clock.advance(Duration.ofDays(3));
    stripe.arrive(stripe.session());
    sendAll();
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.PAID);
  }

  @Test
  void aBankDebitThatComesBackIsDeclined() throws Exception {
    PaymentLink link = begun("119.00");
    stripe.payLater(stripe.session());
    stripe.bounce(stripe.session());
    sendAll();
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.DECLINED);
    assertThat(payments("INV-1")).isEmpty();
    assertThat(news)
        .extracting(PaymentNews.News::what)
        .containsExactly(PaymentNews.What.PAYMENT_DECLINED);
  }

  @Test
  void refundsAndReversalsAreNoted() throws Exception {
    begun("119.00");
    StripeSession session = stripe.session();
    stripe.pay(session);
    stripe.refund(session, 1900);
    stripe.refund(session, 2900);
    sendAll();
    assertThat(paid("INV-1")).isEqualByComparingTo("90.00");
    stripe.dispute(session);
    sendAll();
    assertThat(paid("INV-1")).isEqualByComparingTo("-29.00");
    assertThat(GatewaysForTests.events(database, gateway))
        .anySatisfy(event -> {
          assertThat(event.type()).isEqualTo("charge.dispute.created");
          assertThat(event.outcome()).isEqualTo(GatewayEvent.Outcome.ODD);
        });
  }

  @Test
  void whatTheEventSaysIsNotedNotWhatWasAskedFor() throws Exception {
    begun("119.00");
    stripe.pay(stripe.session());
    StripeServer.Event completed = stripe.events().getLast();
    send(completed.json().replace("\"amount_total\":11900", "\"amount_total\":11800"), HOOK);
    assertThat(paid("INV-1")).isEqualByComparingTo("118.00");
  }

  @Test
  void wrongSignaturesAndGarbageAreRefused() throws Exception {
    begun("119.00");
    stripe.pay(stripe.session());
    String event = stripe.events().getLast().json();
    assertThat(send(event, "whsec_wrong00000000000000").getStatusCode().value()).isEqualTo(400);
    assertThat(call(gateway.id(), event, null).getStatusCode().value()).isEqualTo(400);
    clock.advance(Duration.ofMinutes(6));
    String old = stripe.signature(event, HOOK);
    clock.advance(Duration.ofMinutes(6));
    assertThat(call(gateway.id(), event, old).getBody().get("error").toString())
        .isEqualTo("The signature is 6 minutes off our clock; 5 are accepted.");
    for (String garbage :
        List.of(
            "",
            "null",
            "[]",
            "{",
            "{\"id\": 1}",
            "{\"id\": \"evt_1\"}",
            "[".repeat(5000),
            "{\"id\": \"evt 1\", \"type\": \"x\"}",
            "\u0000"))
      assertThat(send(garbage, HOOK).getStatusCode().value()).as(garbage).isEqualTo(400);
    String large = " ".repeat(HookBody.MOST + 1);
    assertThat(send(large, HOOK).getStatusCode().value()).isEqualTo(413);
    assertThat(call("pgw_none", event, "t=1,v1=a").getStatusCode().value()).isEqualTo(404);
    assertThat(payments("INV-1")).isEmpty();
  }

  @Test
  void hostileEventsThatAreSignedNeverFail() throws Exception {
    begun("119.00");
    stripe.pay(stripe.session());
    String event = stripe.events().getLast().json();
    for (String[] change :
        new String[][] {
          {"\"amount_total\":11900", "\"amount_total\":-5"},
          {"\"amount_total\":11900", "\"amount_total\":1e300"},
          {"\"amount_total\":11900", "\"amount_total\":\"11900\""},
          {"\"amount_total\":11900", "\"amount_total\":null"},
          {"\"currency\":\"eur\"", "\"currency\":{}"},
          {"\"currency\":\"eur\"", "\"currency\":\"\\u0000\\u0000\\u0000\""},
          {"\"payment_intent\":\"pi_", "\"payment_intent\":\"\\u0000pi_"},
          {"\"postroom_link\":\"", "\"postroom_link\":\"\\u0000"},
          {"\"data\":{\"object\"", "\"data\":{\"subject\""},
          {"\"created\":", "\"created\":99999999999999, \"x\":"},
        }) {
      String id = "evt_" + change[1].hashCode();
      String body =
          event
              .replace(change[0], change[1])
              .replaceFirst("\"id\":\"evt_[A-Za-z0-9]+\"", "\"id\":\"" + id + "\"");
      assertThat(body).isNotEqualTo(event);
      assertThat(send(body, HOOK).getStatusCode().value()).as(body).isEqualTo(200);
    }
  }

  @Test
  void unknownTypesAndForeignPaymentsAreKeptAndExplained() throws Exception {
    begun("119.00");
    stripe.tell("customer.created", Map.of("id", "cus_1", "object", "customer"));
    stripe.tell(
        "checkout.session.completed",
        Map.of("id", "cs_test_shop", "payment_intent", "pi_shop", "payment_status", "paid"));
    stripe.pay(stripe.session());
    sendAll();
    String foreign = stripe.events().getLast().json().replace(maria.company(), "co_other");
    send(foreign.replaceFirst("evt_1", "evt_2"), HOOK);
    String unknown = stripe.events().getLast().json().replaceAll("pay_[0-9a-z]{26}", "pay_gone");
    send(unknown.replaceFirst("evt_1", "evt_3").replace("pi_3", "pi_9"), HOOK);
    assertThat(GatewaysForTests.events(database, gateway))
        .extracting(GatewayEvent::words)
        .contains(
            "Nothing to do for this type.",
            "Not of Postroom.",
            "Of another company's link; its own gateway hears it.",
            "Not noted: This link does not exist.");
    assertThat(payments("INV-1")).hasSize(1);
  }

  @Test
  void aLinkOfAnotherCompanyIsNotTouched() throws Exception {
    PaymentLink link = begun("119.00");
    Caller stranger = person(AccessForTests.company(database, "Other", ZoneId.of("UTC")));
    Gateway theirs = GatewaysForTests.stripe(database, stranger, StripeServer.TEST_KEY, HOOK);
    stripe.pay(stripe.session());
    String forged = stripe.events().getLast().json().replace(maria.company(), stranger.company());
    assertThat(call(theirs.id(), forged, stripe.signature(forged, HOOK)).getStatusCode().value())
        .isEqualTo(200);
    assertThat(GatewaysForTests.events(database, theirs).getFirst().words())
        .isEqualTo("Not noted: This link does not exist.");
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.NOT_PAID);
    assertThat(GatewaysForTests.events(database, gateway)).isEmpty();
  }

  @Test
  void liveEventsAreNotForTestGateways() throws Exception {
    begun("119.00");
    stripe.pay(stripe.session());
    String live =
        stripe.events().getLast().json().replace("\"livemode\":false", "\"livemode\":true");
    assertThat(send(live, HOOK).getBody().get("error"))
        .isEqualTo("This is a live event, and the gateway is for tests.");
    assertThat(payments("INV-1")).isEmpty();
  }

  @Test
  void aFormerSecretCountsForADay() throws Exception {
    begun("119.00");
    stripe.tell("a.b", Map.of());
    stripe.tell("c.d", Map.of());
    String next = "whsec_next0000000000000000";
    GatewaysForTests.settings(database)
        .change(
            maria,
            gateway.id(),
            null,
            draft ->
                new org.postroom.payments.GatewayDraft(
                    draft.kind(), draft.title(), true, List.of(), null, null, null, next));
    assertThat(send(stripe.events().get(0).json(), HOOK).getStatusCode().value()).isEqualTo(200);
    assertThat(send(stripe.events().get(0).json(), next).getStatusCode().value()).isEqualTo(200);
    clock.advance(Duration.ofHours(25));
    assertThat(send(stripe.events().get(1).json(), HOOK).getStatusCode().value()).isEqualTo(400);
    assertThat(send(stripe.events().get(1).json(), next).getStatusCode().value()).isEqualTo(200);
  }

  @Test
  void aLostWebhookIsMadeUpForByAsking() {
    PaymentLink link = begun("119.00");
    stripe.pay(stripe.session());
    checkout.askAgain();
    assertThat(links.get(maria, link.id()).payment())
        .as("too early")
        .isEqualTo(PaymentLink.Payment.NOT_PAID);
    clock.advance(Duration.ofMinutes(11));
    checkout.askAgain();
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.PAID);
    int asked = stripe.requests().size();
    clock.advance(Duration.ofDays(1));
    checkout.askAgain();
    assertThat(stripe.requests()).as("it is done").hasSize(asked);
  }

  @Test
  void aBankDebitIsAskedForUntilItIsDecided() {
    PaymentLink link = begun("119.00");
    stripe.payLater(stripe.session());
    clock.advance(Duration.ofMinutes(11));
    checkout.askAgain();
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.PROCESSING);
    stripe.bounce(stripe.session());
    clock.advance(Duration.ofHours(4));
    checkout.askAgain();
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.DECLINED);
  }

  @Test
  void whoeverComesBackSeesTheirPaymentWithoutAWebhook() {
    PaymentLink link = begun("119.00");
    var open = keys.called(gateway.id()).orElseThrow();
    checkout.look(open, link.id());
    stripe.pay(stripe.session());
    checkout.look(open, link.id());
    assertThat(links.get(maria, link.id()).payment())
        .as("asked a moment ago")
        .isEqualTo(PaymentLink.Payment.NOT_PAID);
    clock.advance(Duration.ofSeconds(6));
    checkout.look(open, link.id());
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(PaymentLink.Payment.PAID);
  }

  /**
   * Every payment's events in any order, each told one to three times, asked for in between: the
   * money of those that succeeded, less what went back, and nothing else.
   */
  @Test
  void anyOrderOfEventsEndsWithTheSameMoney() throws Exception {
    var random = new Random(20261121);
    Map<String, BigDecimal> expected = new HashMap<>();
    Map<String, Integer> succeeded = new HashMap<>();
    List<StripeServer.Event> told = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      PaymentLink link = begun("100.00");
      String number = link.items().getFirst().number();
      StripeSession session = newest();
      int before = stripe.events().size();
      BigDecimal money = live(session, random);
      expected.put(number, money);
      succeeded.put(
          link.id(),
          money.signum() != 0 || session.status().equals("complete") && isPaid(before) ? 1 : 0);
      List<StripeServer.Event> events = stripe.events().subList(before, stripe.events().size());
      for (StripeServer.Event event : events)
        for (int times = random.nextInt(3); times >= 0; times--) told.add(event);
    }
    Collections.shuffle(told, random);
    for (StripeServer.Event event : told) {
      assertThat(send(event).getStatusCode().value()).isEqualTo(200);
      if (random.nextInt(10) == 0) {
        clock.advance(Duration.ofMinutes(1));
        checkout.askAgain();
      }
    }
    expected.forEach(
        (number, money) -> assertThat(paid(number)).as(number).isEqualByComparingTo(money));
    succeeded.forEach((link, times) ->
        assertThat(news)
            .filteredOn(
                it -> it.link().equals(link) && it.what() == PaymentNews.What.PAYMENT_SUCCEEDED)
            .hasSize(times));
  }

  private boolean isPaid(int from) {
    return stripe.events().subList(from, stripe.events().size()).stream()
        .anyMatch(event -> event.json().contains("\"payment_status\":\"paid\""));
  }

  /** A life of a payment; the naive model is how much of it stays. */
  private BigDecimal live(StripeSession session, Random random) {
    for (int declines = random.nextInt(3); declines > 0; declines--) stripe.decline(session);
    switch (random.nextInt(5)) {
      case 0 -> {
        stripe.expire(session);
        return BigDecimal.ZERO;
      }
      case 1 -> {
        stripe.payLater(session);
        stripe.bounce(session);
        return BigDecimal.ZERO;
      }
      case 2 -> {
        stripe.payLater(session);
        stripe.arrive(session);
      }
      default -> stripe.pay(session);
    }
    long back = 0;
    for (int refunds = random.nextInt(4); refunds > 0; refunds--) {
      back += 1 + random.nextInt(3000);
      stripe.refund(session, back);
    }
    return new BigDecimal("100.00").subtract(BigDecimal.valueOf(back, 2));
  }

  private StripeSession newest() {
    return stripe.sessions().stream()
        .filter(session -> session.field("client_reference_id").equals(lastLink))
        .findFirst()
        .orElseThrow();
  }

  private String lastLink;

  /** A customer on the way to pay an invoice of that much. */
  private PaymentLink begun(String amount) {
    String number = "INV-" + ++count;
    invoice(number, amount);
    var wanted = new NewLink.Wanted(DocumentKind.INVOICE, number, null);
    PaymentLink link =
        links.make(maria, new NewLink(PaymentLink.Kind.INVOICE, List.of(wanted), null));
    checkout.begin(
        keys.called(gateway.id()).orElseThrow(),
        new Checkout(links.look(maria, link.id()), null, Locale.ENGLISH, BACK));
    lastLink = link.id();
    return link;
  }

  private void invoice(String number, String due) {
    String json =
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "currency": "EUR", "lines": [],
         "totals": {"gross": "%s", "due": "%s"}}\
        """
            .formatted(due, due);
    byte[] body = json.getBytes(UTF_8);
    documents.put(maria, documents.readJson(DocumentKind.INVOICE, number, body), Source.json(body));
  }

  private void sendAll() throws Exception {
    for (StripeServer.Event event : stripe.events()) send(event);
  }

  private ResponseEntity<Map<String, Object>> send(StripeServer.Event event) throws Exception {
    return send(event.json(), HOOK);
  }

  private ResponseEntity<Map<String, Object>> send(String body, String secret) throws Exception {
    return call(gateway.id(), body, stripe.signature(body, secret));
  }

  private ResponseEntity<Map<String, Object>> call(String id, String body, String signature)
      throws Exception {
    var request = new MockHttpServletRequest("POST", "/hooks/stripe/" + id);
    request.setContent(body.getBytes(UTF_8));
    if (signature != null) request.addHeader("Stripe-Signature", signature);
    return hook.called(id, request);
  }

  private List<Payment> payments(String number) {
    return documents.find(maria.company(), DocumentKind.INVOICE, number).orElseThrow().payments();
  }

  private BigDecimal paid(String number) {
    return payments(number).stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Caller person(String company) {
    return new Caller(
        company, Caller.Kind.PERSON, "usr_1", "Maria Lund", null, Set.of(Right.values()), false);
  }
}
