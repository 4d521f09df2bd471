package org.postroom.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.payments.Checkout;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewaysForTests;
import org.postroom.payments.OpenGateway;
import org.postroom.payments.OpenedLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentsForTests;
import org.postroom.payments.Way;
import org.postroom.testkit.ApiFault;
import org.postroom.testkit.ApiRequest;
import org.postroom.testkit.StripeServer;
import org.postroom.testkit.StripeSession;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class StripeCheckoutTests {
  private static final URI BACK = URI.create("https://mail.acme.example/pay/t0k3n");
  private static final String CREATE = "POST /v1/checkout/sessions";

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T09:00:00Z"));
  private StripeServer stripe;
  private Database database;
  private Web web;
  private StripeCheckout checkout;

  @BeforeEach
  void open() {
    stripe = StripeServer.start(clock);
    database = kind.open(clock);
    web = new Web(Trust.ofSystem());
    var api = new StripeApi(web, new Settings(Map.of("POSTROOM_STRIPE_URL", stripe.url() + "/")));
    checkout = checkout(api);
  }

  @AfterEach
  void close() {
    assertThat(stripe.violations())
        .filteredOn(it -> !it.contains("idempotent") && !it.contains("can be expired"))
        .isEmpty();
    web.close();
    database.close();
    stripe.close();
  }

  @Test
  void sendsTheCustomerToASessionForJustThisAmount() {
    URI there = begin("119.00", "EUR", Locale.GERMANY);
    StripeSession session = stripe.session();
    assertThat(there).hasToString(session.page());
    assertThat(session.amount()).isEqualTo(11900);
    assertThat(session.currency()).isEqualTo("eur");
    assertThat(session.field("line_items[0][price_data][product_data][name]"))
        .isEqualTo("Rechnung INV-1");
    assertThat(session.field("client_reference_id")).isEqualTo("pay_1");
    assertThat(session.field("metadata[postroom_company]")).isEqualTo("co_1");
    assertThat(session.field("payment_intent_data[metadata][postroom_link]")).isEqualTo("pay_1");
    assertThat(session.field("customer_email")).isEqualTo("anna@contoso.example");
    assertThat(session.field("locale")).isEqualTo("de");
    assertThat(session.field("success_url")).isEqualTo(BACK + "?came=paid");
    assertThat(session.field("cancel_url")).isEqualTo(BACK + "?came=back");
    ApiRequest request = stripe.requests().getFirst();
    assertThat(request.header("Stripe-Version")).isEqualTo(com.stripe.Stripe.API_VERSION);
    assertThat(request.header("Idempotency-Key")).startsWith("postroom-pcs_");
  }

  @Test
  void whoeverComesBackGetsTheSameSession() {
    URI first = begin("119.00");
    clock.advance(Duration.ofHours(3));
    assertThat(begin("119.00", "EUR", Locale.FRENCH)).isEqualTo(first);
    assertThat(stripe.sessions()).hasSize(1);
  }

  @Test
  void aDoubleClickGivesOneSession() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<URI> click = () -> begin("119.00");
      List<Future<URI>> clicks = threads.invokeAll(List.of(click, click, click, click));
      URI one = clicks.getFirst().get();
      for (Future<URI> each : clicks) assertThat(each.get()).isEqualTo(one);
    }
    assertThat(stripe.sessions()).hasSize(1);
  }

  @Test
  void anotherAmountEndsTheOldSession() {
    URI first = begin("119.00");
    URI second = begin("100.00");
    assertThat(second).isNotEqualTo(first);
    Map<Long, String> states =
        stripe.sessions().stream()
            .collect(Collectors.toMap(StripeSession::amount, StripeSession::status));
    assertThat(states).isEqualTo(Map.of(11900L, "expired", 10000L, "open"));
    assertThat(begin("100.00")).isEqualTo(second);
  }

  @Test
  void anExpiredSessionIsReplaced() {
    URI first = begin("119.00");
    clock.advance(Duration.ofHours(24));
    assertThat(begin("119.00")).isNotEqualTo(first);
    assertThat(stripe.sessions()).hasSize(2);
  }

  @Test
  void whatWasPaidIsNotPaidAgain() {
    begin("119.00");
    stripe.pay(stripe.session());
    Problem paid = refused(() -> begin("119.00"));
    assertThat(paid.status()).isEqualTo(409);
    assertThat(paid.code()).isEqualTo("being_paid");
    assertThat(stripe.sessions()).hasSize(1);
  }

  @Test
  void whatWasPaidIsNotPaidAgainInAnotherAmountEither() {
    begin("119.00");
    stripe.pay(stripe.session());
    assertThat(refused(() -> begin("100.00")).code()).isEqualTo("being_paid");
    assertThat(stripe.sessions()).hasSize(1);
  }

  @Test
  void aLostAnswerIsAskedForOnceMoreAsTheSameRequest() {
    stripe.next(ApiFault.hangUp(CREATE, ApiFault.Moment.AFTER_DOING));
    URI there = begin("119.00");
    assertThat(there).hasToString(stripe.session().page());
    assertThat(stripe.requests())
        .extracting(request -> request.header("Idempotency-Key"))
        .hasSize(2)
        .containsOnly(stripe.requests().getFirst().header("Idempotency-Key"));
  }

  @Test
  void anAnswerLostForGoodIsFetchedByTheNextTry() {
    loseTwice();
    assertThat(refused(() -> begin("119.00")).status()).isEqualTo(503);
    assertThat(begin("119.00")).hasToString(stripe.session().page());
  }

  @Test
  void whatNobodyGotTheAddressOfIsLeftWhenItIsAskedForInAnotherWay() {
    loseTwice();
    assertThat(refused(() -> begin("119.00")).status()).isEqualTo(503);
    URI there = begin("119.00", "EUR", Locale.ITALIAN);
    assertThat(stripe.sessions()).hasSize(2);
    assertThat(begin("119.00")).isEqualTo(there);
  }

  @Test
  void anOldUnansweredRequestIsNotRepeated() {
    loseTwice();
    assertThat(refused(() -> begin("119.00")).status()).isEqualTo(503);
    clock.advance(Duration.ofMinutes(5));
    begin("119.00");
    assertThat(stripe.sessions()).hasSize(2);
  }

  private void loseTwice() {
    for (int i = 0; i < 2; i++) stripe.next(ApiFault.hangUp(CREATE, ApiFault.Moment.AFTER_DOING));
  }

  @Test
  void aTroubleOfStripeIsToldAndTheNextTryIsFresh() {
    stripe.next(ApiFault.answer(CREATE, 500, "{\"error\": {\"type\": \"api_error\"}}"));
    assertThat(refused(() -> begin("119.00")).detail())
        .isEqualTo("Stripe has a trouble of its own (500).");
    begin("119.00");
    assertThat(stripe.requests())
        .extracting(request -> request.header("Idempotency-Key"))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyRefusalIsASentenceWithoutTheKey() {
    Map<ApiFault, String> faults =
        Map.of(
            ApiFault.answer(
                CREATE,
                401,
                "{\"error\": {\"message\": \"Invalid API Key provided: sk_test_51********0000\"}}"),
            "does not accept the secret key",
            ApiFault.answer(CREATE, 402, "{\"error\": {\"message\": \"No.\"}}"),
            "Stripe says: No.",
            ApiFault.answer(CREATE, 403, "{}"),
            "A restricted key",
            ApiFault.answer(CREATE, 429, "{}").header("Retry-After", "7"),
            "Try again in 7 seconds.",
            ApiFault.answer(CREATE, 503, "Bad gateway"),
            "trouble of its own (503)",
            ApiFault.answer(CREATE, 200, "<html>captive portal</html>"),
            "makes no sense (200)",
            ApiFault.answer(CREATE, 302, "").header("Location", "http://127.0.0.1:1/"),
            "makes no sense (302)",
            ApiFault.answer(CREATE, 200, "{\"id\": \"cs_test_1\", \"url\": \"javascript:x\"}"),
            "not as expected",
            ApiFault.answer(CREATE, 200, "[" + "1,".repeat(800_000) + "1]"),
            "makes no sense");
    faults.forEach((fault, words) -> {
      stripe.next(fault);
      // A lost answer is asked for again.
      if (words.startsWith("makes")) stripe.next(fault);
      Problem problem = refused(() -> begin("119.00"));
      assertThat(problem.status()).as(words).isEqualTo(503);
      assertThat(problem.detail()).contains(words).doesNotContain("sk_test", StripeServer.TEST_KEY);
    });
    assertThat(stripe.requests()).hasSizeGreaterThan(faults.size());
    begin("119.00");
  }

  @Test
  void aWrongKeyIsToldAndNobodyIsSentAway() {
    stripe.revoke(StripeServer.TEST_KEY);
    assertThat(refused(() -> begin("119.00")).detail())
        .isEqualTo("Stripe does not accept the secret key. Enter one that is in use.");
    assertThat(stripe.sessions()).isEmpty();
  }

  @Test
  void amountsStripeCannotCountAreRefusedBeforeItIsAsked() {
    assertThat(refused(() -> begin("1.234", "KWD", Locale.ENGLISH)).detail())
        .isEqualTo("1.234 KWD cannot be paid by Stripe, which takes KWD in steps of 0.010.");
    assertThat(refused(() -> begin("5", "XAU", Locale.ENGLISH)).status()).isEqualTo(422);
    assertThat(stripe.requests()).isEmpty();
  }

  @Test
  void theKeyIsTried() {
    assertThat(checkout.tryIt(gateway(StripeServer.TEST_KEY)).words())
        .isEqualTo("The key works. It is for tests: no money moves.");
    assertThat(checkout.tryIt(gateway(StripeServer.LIVE_KEY)).words()).contains("real money");
    var wrong = checkout.tryIt(gateway("sk_test_wrongwrongwrong"));
    assertThat(wrong.works()).isFalse();
    assertThat(wrong.words()).contains("does not accept").doesNotContain("wrongwrong");
  }

  private StripeCheckout checkout(StripeApi api) {
    var tellings = GatewaysForTests.tellings(database, PaymentsForTests.on(database));
    return new StripeCheckout(
        database, api, new SessionLooks(database, api, tellings), GatewaysForTests.keys(database));
  }

  private URI begin(String due) {
    return begin(due, "EUR", Locale.ENGLISH);
  }

  private URI begin(String due, String currency, Locale language) {
    return checkout.begin(gateway(StripeServer.TEST_KEY), asked(due, currency, language));
  }

  private static Checkout asked(String due, String currency, Locale language) {
    var item = new PaymentLink.Item(DocumentKind.INVOICE, "INV-1", new BigDecimal(due));
    var link =
        new PaymentLink(
            "co_1",
            "pay_1",
            PaymentLink.Kind.INVOICE,
            List.of(item),
            "contoso",
            currency,
            new BigDecimal(due),
            PaymentLink.State.USABLE,
            PaymentLink.Payment.NOT_PAID,
            "Maria Lund",
            Instant.EPOCH,
            null,
            null,
            null,
            null);
    var opened = new OpenedLink(link, List.of(), new BigDecimal(due), false);
    return new Checkout(opened, "anna@contoso.example", language, BACK);
  }

  private static OpenGateway gateway(String key) {
    var gateway =
        new Gateway(
            "co_1",
            "pgw_1",
            Way.Kind.STRIPE,
            "Card",
            true,
            1,
            List.of(),
            null,
            new Gateway.Keys(Gateway.Mode.TEST, true, true, null),
            new Gateway.Heard(null, null, null),
            Instant.EPOCH,
            1);
    return new OpenGateway(gateway, key, List.of());
  }

  private static Problem refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(Problem.class, call);
  }
}
