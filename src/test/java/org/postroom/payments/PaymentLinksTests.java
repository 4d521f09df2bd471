package org.postroom.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.AccessForTests;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.DocumentsForTests;
import org.postroom.documents.NewPayment;
import org.postroom.documents.Source;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.partners.Purpose;
import org.postroom.payments.NewLink.Wanted;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.payments.PaymentLink.State;
import org.postroom.payments.PaymentNews.News;
import org.postroom.payments.PaymentNews.What;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/** Links on both databases. */
@ParameterizedClass
@EnumSource
class PaymentLinksTests {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Wanted INV_1 = new Wanted(DocumentKind.INVOICE, "INV-1", null);
  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(START);
  private final List<News> news = Collections.synchronizedList(new ArrayList<>());
  private Database database;
  private Documents documents;
  private PaymentLinks links;
  private Company company;
  private Caller maria;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    documents = DocumentsForTests.on(database);
    links = PaymentsForTests.on(database, news::add);
    Access access = AccessForTests.on(database);
    String id = AccessForTests.company(database, "Acme", ZoneId.of("Europe/Vienna"));
    company = access.company(id);
    maria =
        new Caller(
            id, Caller.Kind.PERSON, "usr_1", "Maria Lund", null, Set.of(Right.values()), false);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aLinkIsMadeFoundOpenedAndPaidInFull() {
    invoice("INV-1", "100.00");
    PaymentLink made = make(Kind.INVOICE, INV_1);
    assertThat(made.id()).startsWith("pay_");
    assertThat(made.amount()).isEqualByComparingTo("100.00");
    assertThat(made.expiresAt()).isEqualTo(START.plus(Duration.ofDays(60)));
    assertThat(links.get(maria, made.id())).isEqualTo(made);
    assertThat(links.list(company.id(), State.USABLE, "contoso", 10, null).data())
        .containsExactly(made);
    assertThat(links.of(company.id(), DocumentKind.INVOICE, "INV-1")).containsExactly(made);

    clock.advance(Duration.ofHours(1));
    OpenedLink opened = open(made);
    assertThat(opened.due()).isEqualByComparingTo("100.00");
    assertThat(opened.changed()).isFalse();
    assertThat(opened.documents()).hasSize(1);
    clock.advance(Duration.ofHours(1));
    open(made);
    assertThat(links.get(maria, made.id()).openedAt()).isEqualTo(START.plus(Duration.ofHours(1)));

    PaymentLink paid = links.paid(company.id(), made.id(), paid("pi_1", "100.00"));
    assertThat(paid.state()).isEqualTo(State.USED);
    assertThat(paid.payment()).isEqualTo(Payment.PAID);
    assertThat(open(made).due()).isEqualByComparingTo("0");
    assertThat(stored(DocumentKind.INVOICE, "INV-1").amountDue()).isEqualByComparingTo("0");
    assertThat(links.history(company.id(), made.id()))
        .extracting(PaymentLinks.Happened::what)
        .containsExactly(
            "Made.", "Opened for the first time.", "Paid: 100.00 EUR, reference pi_1.");
    assertThat(news)
        .singleElement()
        .satisfies(told -> {
          assertThat(told.what()).isEqualTo(What.PAYMENT_SUCCEEDED);
          assertThat(told.id()).isEqualTo(made.id() + "/succeeded/pi_1");
          assertThat(told.number()).isEqualTo("INV-1");
          assertThat(told.amount()).isEqualByComparingTo("100.00");
        });
  }

  @Test
  void aPlannedLinkIsKeptWithItsMailAndUsedAgain() {
    StoredDocument invoice = invoice("INV-1", "100.00");
    PlannedLink planned = plan(Purpose.PAYMENT_LINK, invoice);
    assertThat(planned.fresh()).isTrue();
    assertThat(planned.url()).isEqualTo(PaymentsForTests.PUBLIC_URL + "/pay/" + planned.token());
    assertThat(links.open(planned.token())).isEmpty();
    links.keep(planned, "msg_1");
    links.keep(planned, "msg_1");
    assertThat(links.open(planned.token())).isPresent();
    assertThat(links.url(planned.link())).isEqualTo(planned.url());

    PlannedLink again = plan(Purpose.PAYMENT_LINK, invoice);
    assertThat(again.fresh()).isFalse();
    assertThat(again.url()).isEqualTo(planned.url());
    links.keep(again, "msg_2");
    assertThat(links.get(maria, planned.link().id()).message()).isEqualTo("msg_1");
    assertThat(links.ofMessage(company.id(), "msg_2"))
        .extracting(PaymentLink::id)
        .containsExactly(planned.link().id());
    assertThat(history(planned.link()))
        .containsExactly(
            "Made.",
            "Put into message msg_1.",
            "Opened for the first time.",
            "Put into message msg_2.");
  }

  @Test
  void aQuoteIsDecidedOnce() {
    quote("Q-1", "2026-12-31");
    PaymentLink link = make(Kind.APPROVAL, new Wanted(DocumentKind.QUOTE, "Q-1", null));
    String token = token(link);
    assertThat(links.url(link)).contains("/approve/");
    PaymentLink decided = links.decide(token, true, " Ann\u0007 \u202eLee ", "Go");
    assertThat(decided.state()).isEqualTo(State.USED);
    assertThat(decided.payment()).isEqualTo(Payment.APPROVED);
    assertThatThrownBy(() -> links.decide(token, false, "Bob", null))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("decided"));
    assertThat(news).extracting(News::what).containsExactly(What.QUOTE_APPROVED);
    assertThat(links.history(company.id(), link.id()).getLast())
        .extracting(PaymentLinks.Happened::who, PaymentLinks.Happened::what)
        .containsExactly("Ann Lee", "Approved: Go");
  }

  private StoredDocument invoice(String number, String due) {
    return put(
        DocumentKind.INVOICE,
        number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [], "totals": {"gross": "%s", "due": "%s"}}"""
            .formatted(due, due));
  }

  private StoredDocument order(String number, String gross, String fields) {
    return put(
        DocumentKind.SALES_ORDER,
        number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "currency": "EUR", "lines": [],
         "totals": {"gross": "%s"}, "fields": %s}"""
            .formatted(gross, fields));
  }

  private StoredDocument quote(String number, String until) {
    return put(
        DocumentKind.QUOTE,
        number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "%s", "currency": "EUR",
         "lines": [], "totals": {"gross": "500.00"}}"""
            .formatted(until));
  }

  private StoredDocument put(DocumentKind of, String number, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return documents
        .put(maria, documents.readJson(of, number, body), Source.json(body))
        .document();
  }

  private StoredDocument stored(DocumentKind of, String number) {
    return documents.find(company.id(), of, number).orElseThrow();
  }

  private PaymentLink make(Kind of, Wanted... items) {
    return links.make(maria, new NewLink(of, Arrays.asList(items), null));
  }

  private PlannedLink plan(Purpose purpose, StoredDocument about) {
    return links.plan(maria, company, purpose, about).orElseThrow();
  }

  private OpenedLink open(PaymentLink link) {
    return links.open(token(link)).orElseThrow();
  }

  private String token(PaymentLink link) {
    String url = links.url(link);
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private List<String> history(PaymentLink link) {
    return links.history(company.id(), link.id()).stream()
        .map(PaymentLinks.Happened::what)
        .toList();
  }

  private Paid paid(String reference, String amount) {
    return paid(reference, amount, "EUR");
  }

  private Paid paid(String reference, String amount, String currency) {
    return new Paid(reference, new BigDecimal(amount), currency, clock.instant(), "Stripe");
  }
}
