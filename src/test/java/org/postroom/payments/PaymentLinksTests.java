package org.postroom.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void theStateFollowsTheDatabasesTime() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    clock.set(link.expiresAt().minusMillis(1));
    assertThat(links.get(maria, link.id()).state()).isEqualTo(State.USABLE);
    assertThat(ids(State.USABLE)).containsExactly(link.id());
    clock.advance(Duration.ofMillis(1));
    assertThat(links.get(maria, link.id()).state()).isEqualTo(State.EXPIRED);
    assertThat(ids(State.USABLE)).isEmpty();
    assertThat(ids(State.EXPIRED)).containsExactly(link.id());
    PaymentLink next = make(Kind.INVOICE, INV_1);
    assertThat(links.withdraw(maria, next.id()).state()).isEqualTo(State.WITHDRAWN);
    assertThat(links.withdraw(maria, next.id()).state()).isEqualTo(State.WITHDRAWN);
    assertThat(ids(State.WITHDRAWN)).containsExactly(next.id());
    assertThat(history(next)).containsExactly("Made.", "Withdrawn.");
    PaymentLink used = make(Kind.INVOICE, INV_1);
    links.paid(company.id(), used.id(), paid("pi_1", "100.00"));
    assertThat(ids(State.USED)).containsExactly(used.id());
    refused(409, "link_used", () -> links.withdraw(maria, used.id()));
  }

  @Test
  void partPaymentsLeaveALinkUsableUntilAllIsPaid() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    PaymentLink part = links.paid(company.id(), link.id(), paid("pi_1", "40.00"));
    assertThat(part.state()).isEqualTo(State.USABLE);
    assertThat(part.payment()).isEqualTo(Payment.PART_PAID);
    assertThat(open(link).due()).isEqualByComparingTo("60.00");
    assertThat(open(link).changed()).isFalse();
    assertThat(links.paid(company.id(), link.id(), paid("pi_1", "40.00")).payment())
        .isEqualTo(Payment.PART_PAID);
    assertThat(open(link).due()).isEqualByComparingTo("60.00");
    PaymentLink full = links.paid(company.id(), link.id(), paid("pi_2", "60.00"));
    assertThat(full.state()).isEqualTo(State.USED);
    assertThat(full.payment()).isEqualTo(Payment.PAID);
    PaymentLink back = links.paid(company.id(), link.id(), paid("re_1", "-30.00"));
    assertThat(back.payment()).isEqualTo(Payment.PART_PAID);
    assertThat(stored(DocumentKind.INVOICE, "INV-1").amountDue()).isEqualByComparingTo("30.00");
    PaymentLink all = links.paid(company.id(), link.id(), paid("re_2", "-70.00"));
    assertThat(all.payment()).isEqualTo(Payment.REFUNDED);
    assertThat(all.state()).isEqualTo(State.USED);
    assertThat(news)
        .extracting(News::id)
        .containsExactly(link.id() + "/succeeded/pi_1", link.id() + "/succeeded/pi_2");
  }

  @Test
  void theAmountIsReadAgainWhenTheLinkIsOpened() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    invoice("INV-1", "80.00");
    assertThat(open(link).due()).isEqualByComparingTo("80.00");
    assertThat(open(link).changed()).isTrue();
    documents.pay(
        maria,
        DocumentKind.INVOICE,
        "INV-1",
        new NewPayment("BANK-1", new BigDecimal("90.00"), LocalDate.parse("2026-11-20"), null));
    assertThat(open(link).due()).isEqualByComparingTo("0");
    assertThat(links.get(maria, link.id()).state()).isEqualTo(State.USABLE);
  }

  @Test
  void moneyThatArrivesTooLateIsNotedAndToldAsWork() {
    invoice("INV-1", "100.00");
    PaymentLink withdrawn = links.withdraw(maria, make(Kind.INVOICE, INV_1).id());
    assertThat(links.toLookAt(company.id())).isZero();
    PaymentLink paid = links.paid(company.id(), withdrawn.id(), paid("pi_1", "100.00"));
    assertThat(paid.state()).isEqualTo(State.WITHDRAWN);
    assertThat(paid.payment()).isEqualTo(Payment.PAID);
    assertThat(stored(DocumentKind.INVOICE, "INV-1").amountDue()).isEqualByComparingTo("0");
    assertThat(warnings(withdrawn)).containsExactly("This money arrived after the link was withdrawn.");
    assertThat(links.toLookAt(company.id())).isEqualTo(1);
    links.lookedAt(maria, withdrawn.id());
    links.lookedAt(maria, withdrawn.id());
    assertThat(links.toLookAt(company.id())).isZero();

    invoice("INV-2", "50.00");
    PaymentLink late = make(Kind.INVOICE, new Wanted(DocumentKind.INVOICE, "INV-2", null));
    clock.set(late.expiresAt());
    assertThat(links.paid(company.id(), late.id(), paid("pi_2", "60.00")).state())
        .isEqualTo(State.USED);
    assertThat(warnings(late)).containsExactly("This money arrived after the link had expired.");
    links.paid(company.id(), late.id(), paid("pi_3", "50.00"));
    assertThat(warnings(late).getLast()).contains("it may be paid twice");
    assertThat(stored(DocumentKind.INVOICE, "INV-2").amountDue()).isEqualByComparingTo("-60.00");
    assertThat(news).hasSize(3);
  }

  @Test
  void moreThanIsDueIsNotedWithAWarning() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    assertThat(links.paid(company.id(), link.id(), paid("pi_1", "120.00")).state())
        .isEqualTo(State.USED);
    assertThat(warnings(link)).containsExactly("This is 20.00 EUR more than was due.");
  }

  @Test
  void anotherCurrencyIsToldAsWorkAndNotNotedOnTheDocument() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    PaymentLink same = links.paid(company.id(), link.id(), paid("pi_1", "100.00", "USD"));
    assertThat(same.state()).isEqualTo(State.USABLE);
    assertThat(same.payment()).isEqualTo(Payment.NOT_PAID);
    assertThat(stored(DocumentKind.INVOICE, "INV-1").payments()).isEmpty();
    assertThat(warnings(link)).singleElement().asString().contains("100.00 USD").contains("in EUR");
    assertThat(news).isEmpty();
  }

  @Test
  void whatTheErpToldTooIsOnePayment() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    documents.pay(
        maria,
        DocumentKind.INVOICE,
        "INV-1",
        new NewPayment("pi_1", new BigDecimal("40.00"), LocalDate.parse("2026-11-19"), null));
    links.paid(company.id(), link.id(), paid("pi_1", "40.00"));
    assertThat(stored(DocumentKind.INVOICE, "INV-1").amountDue()).isEqualByComparingTo("60.00");
    assertThat(history(link)).last().asString().contains("knew this payment already");
    assertThat(warnings(link)).isEmpty();
  }

  @Test
  void theDayOfAPaymentIsTheCompanysOwn() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    clock.set(Instant.parse("2026-11-30T23:30:00Z")); // half past midnight in Vienna
    links.paid(company.id(), link.id(), paid("pi_1", "40.00"));
    assertThat(stored(DocumentKind.INVOICE, "INV-1").payments().getFirst().date())
        .isEqualTo(LocalDate.parse("2026-12-01"));
  }

  @Test
  void aDepositIsWhatTheDocumentAsksOrWhatSomebodySays() {
    order("SO-1", "999.99", "{\"deposit_percent\": \"30\"}");
    order("SO-2", "1000.00", "{\"deposit_amount\": 250}");
    order("SO-3", "1000.00", "{}");
    order("SO-4", "1000.00", "{\"deposit_percent\": \"1e9\", \"deposit_amount\": \"much\"}");
    put(DocumentKind.DEPOSIT, "D-1", "{\"currency\": \"EUR\", \"totals\": {\"due\": \"70.00\"}}");
    assertThat(deposit("SO-1", null).amount()).isEqualByComparingTo("300.00");
    assertThat(deposit("SO-2", null).amount()).isEqualByComparingTo("250");
    assertThat(deposit("SO-3", "10.50").amount()).isEqualByComparingTo("10.50");
    refusedAt("/items/0/amount", () -> deposit("SO-3", null));
    refusedAt("/items/0/amount", () -> deposit("SO-4", null));
    refusedAt("/items/0/amount", () -> deposit("SO-3", "0"));
    refusedAt("/items/0/amount", () -> deposit("SO-3", "-1"));
    refusedAt("/items/0/amount", () -> deposit("SO-3", "1.005"));
    refusedAt("/items/0/amount", () -> deposit("SO-3", "1000.01"));
    PaymentLink asked = make(Kind.DEPOSIT, new Wanted(DocumentKind.DEPOSIT, "D-1", null));
    assertThat(asked.amount()).isEqualByComparingTo("70.00");
  }

  @Test
  void depositsOfOneCustomerAreAskedForTogetherWhereThatIsSwitchedOn() {
    order("SO-1", "1000.00", "{\"deposit_amount\": 100}");
    order("SO-2", "1000.00", "{\"deposit_amount\": 200}");
    put(DocumentKind.SALES_ORDER, "SO-3", "{\"partner\": \"fabrikam\", \"currency\": \"EUR\"}");
    put(DocumentKind.SALES_ORDER, "SO-4", "{\"partner\": \"contoso\", \"currency\": \"USD\"}");
    Wanted one = new Wanted(DocumentKind.SALES_ORDER, "SO-1", null);
    Wanted two = new Wanted(DocumentKind.SALES_ORDER, "SO-2", null);
    refusedAt("/items", () -> make(Kind.DEPOSIT, one, two));
    links.choose(maria, new LinkChoices(false, 14, true));
    refusedAt("/items/1", () -> make(Kind.DEPOSIT, one, one));
    BigDecimal ten = BigDecimal.TEN;
    refusedAt("/items/1", () -> make(Kind.DEPOSIT, one, new Wanted(DocumentKind.SALES_ORDER, "SO-3", ten)));
    refusedAt("/items/1", () -> make(Kind.DEPOSIT, one, new Wanted(DocumentKind.SALES_ORDER, "SO-4", ten)));
    PaymentLink link = make(Kind.DEPOSIT, one, two);
    assertThat(link.amount()).isEqualByComparingTo("300");
    links.paid(company.id(), link.id(), paid("pi_1", "150.00"));
    assertThat(open(link).due()).isEqualByComparingTo("150");
    assertThat(stored(DocumentKind.SALES_ORDER, "SO-1").amountDue()).isEqualByComparingTo("900");
    assertThat(stored(DocumentKind.SALES_ORDER, "SO-2").amountDue()).isEqualByComparingTo("950");
    assertThat(links.paid(company.id(), link.id(), paid("pi_2", "150.00")).state())
        .isEqualTo(State.USED);
    links.paid(company.id(), link.id(), paid("re_1", "-250.00"));
    assertThat(stored(DocumentKind.SALES_ORDER, "SO-2").amountDue()).isEqualByComparingTo("1000");
    assertThat(stored(DocumentKind.SALES_ORDER, "SO-1").amountDue()).isEqualByComparingTo("950");
    PlannedLink none = plan(Purpose.DEPOSIT_LINK, stored(DocumentKind.SALES_ORDER, "SO-2"));
    assertThat(none.fresh()).isTrue(); // the used link is no answer
    PaymentLink again = make(Kind.DEPOSIT, one, two);
    assertThat(plan(Purpose.DEPOSIT_LINK, stored(DocumentKind.SALES_ORDER, "SO-2")).link().id())
        .isEqualTo(again.id());
  }

  @Test
  void whatCannotBeALinkSaysWhy() {
    invoice("INV-0", "0.00");
    quote("Q-OLD", "2026-11-20");
    quote("Q-TODAY", "2026-11-21");
    refusedAt("/items/0/number", () -> make(Kind.INVOICE, INV_1));
    refusedAt("/items/0/number", () -> make(Kind.INVOICE, new Wanted(DocumentKind.INVOICE, "INV-0", null)));
    refusedAt("/items/0/number", () -> make(Kind.APPROVAL, new Wanted(DocumentKind.QUOTE, "Q-OLD", null)));
    refusedAt("/items/0/kind", () -> make(Kind.INVOICE, new Wanted(DocumentKind.QUOTE, "Q-OLD", null)));
    invoice("INV-1", "10.00");
    refusedAt("/items/0/kind", () -> make(Kind.APPROVAL, INV_1));
    refusedAt("/items/0/kind", () -> make(Kind.DEPOSIT, INV_1));
    refusedAt("/items/0/amount", () -> make(Kind.INVOICE, new Wanted(DocumentKind.INVOICE, "INV-1", BigDecimal.ONE)));
    refusedAt("/items", () -> make(Kind.INVOICE));
    refusedAt("/items", () -> make(Kind.INVOICE, Collections.nCopies(21, INV_1).toArray(Wanted[]::new)));
    refusedAt("/expires_at", () -> links.make(maria, new NewLink(Kind.INVOICE, List.of(INV_1), START)));
    refusedAt("/expires_at", () -> links.make(maria, new NewLink(Kind.INVOICE, List.of(INV_1), START.plus(Duration.ofDays(900)))));
    assertThat(make(Kind.APPROVAL, new Wanted(DocumentKind.QUOTE, "Q-TODAY", null)).amount()).isNull();
    PaymentLinks hidden = PaymentsForTests.on(database, Map.of());
    refused(422, "invalid", () -> hidden.make(maria, new NewLink(Kind.INVOICE, List.of(INV_1), null)));
    Caller viewer = new Caller(company.id(), Caller.Kind.PERSON, "usr_2", "V", null, Set.of(), false);
    refused(403, "forbidden", () -> links.make(viewer, new NewLink(Kind.INVOICE, List.of(INV_1), null)));
  }

  @Test
  void aMailCarriesALinkWhereItShould() {
    StoredDocument invoice = invoice("INV-1", "100.00");
    StoredDocument settled = invoice("INV-0", "0.00");
    StoredDocument quote = quote("Q-1", "2026-12-31");
    StoredDocument order = order("SO-1", "100.00", "{}");
    assertThat(planned(Purpose.INVOICE, invoice)).isEmpty();
    assertThat(planned(Purpose.QUOTE, quote)).isEmpty();
    links.choose(maria, new LinkChoices(true, 60, false));
    for (Purpose purpose : List.of(Purpose.INVOICE, Purpose.REMINDER, Purpose.PAYMENT_DECLINED))
      assertThat(planned(purpose, invoice).orElseThrow().link().kind()).isEqualTo(Kind.INVOICE);
    assertThat(planned(Purpose.QUOTE, quote).orElseThrow().url()).contains("/approve/");
    assertThat(planned(Purpose.INVOICE, settled)).isEmpty();
    assertThat(planned(Purpose.ORDER_CONFIRMATION, order)).isEmpty();
    assertThat(planned(Purpose.CREDIT_MEMO, invoice)).isEmpty();
    refused(422, "invalid", () -> planned(Purpose.PAYMENT_LINK, settled));
    refused(422, "invalid", () -> planned(Purpose.DEPOSIT_LINK, order));
    refused(422, "invalid", () -> planned(Purpose.QUOTE_APPROVAL, invoice));
    PaymentLinks hidden = PaymentsForTests.on(database, Map.of());
    assertThat(hidden.plan(maria, company, Purpose.INVOICE, invoice)).isEmpty();
    refused(422, "invalid", () -> hidden.plan(maria, company, Purpose.PAYMENT_LINK, invoice));
    assertThat(links.list(company.id(), null, null, 10, null).data()).isEmpty();
    links.choose(maria, LinkChoices.DEFAULT);
    assertThat(planned(Purpose.PAYMENT_DECLINED, invoice)).isEmpty();
    make(Kind.INVOICE, INV_1);
    assertThat(planned(Purpose.PAYMENT_DECLINED, invoice)).isPresent();
    assertThat(planned(Purpose.REMINDER, invoice)).isEmpty();
  }

  @Test
  void ofTwoMailsAtATimeBothLeadToOneLink() throws Exception {
    StoredDocument invoice = invoice("INV-1", "100.00");
    PlannedLink one = plan(Purpose.PAYMENT_LINK, invoice);
    PlannedLink two = plan(Purpose.PAYMENT_LINK, invoice);
    together(() -> links.keep(one, "msg_1"), () -> links.keep(two, "msg_2"));
    assertThat(ids(State.USABLE)).hasSize(1);
    OpenedLink first = links.open(one.token()).orElseThrow();
    assertThat(links.open(two.token()).orElseThrow().link().id()).isEqualTo(first.link().id());
    assertThat(links.ofMessage(company.id(), "msg_1")).isEqualTo(links.ofMessage(company.id(), "msg_2"));
    links.paid(company.id(), first.link().id(), paid("pi_1", "100.00"));
    assertThat(links.open(two.token()).orElseThrow().due()).isEqualByComparingTo("0");
  }

  @Test
  void anExpiredLinkMakesRoomForTheNext() {
    StoredDocument invoice = invoice("INV-1", "100.00");
    PlannedLink first = plan(Purpose.PAYMENT_LINK, invoice);
    links.keep(first, "msg_1");
    clock.set(first.link().expiresAt());
    PlannedLink second = plan(Purpose.PAYMENT_LINK, invoice);
    assertThat(second.fresh()).isTrue();
    links.keep(second, "msg_2");
    assertThat(ids(State.USABLE)).containsExactly(second.link().id());
    assertThat(links.open(first.token()).orElseThrow().link().state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void aLinkGoesWithTheTransactionOfItsMail() {
    PlannedLink planned = plan(Purpose.PAYMENT_LINK, invoice("INV-1", "100.00"));
    assertThatThrownBy(() ->
            database.run(sql -> {
              links.keep(planned, "msg_1");
              throw new IllegalStateException("the mail could not be stored");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(links.open(planned.token())).isEmpty();
    assertThat(links.list(company.id(), null, null, 10, null).data()).isEmpty();
  }

  @Test
  void ofTwoPaymentsAtATimeWithOneReferenceOneCounts() throws Exception {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    Runnable webhook = () -> links.paid(company.id(), link.id(), paid("pi_1", "60.00"));
    Runnable other = () -> links.paid(company.id(), link.id(), paid("pi_2", "40.00"));
    together(webhook, webhook, other, other);
    assertThat(links.get(maria, link.id()).state()).isEqualTo(State.USED);
    assertThat(stored(DocumentKind.INVOICE, "INV-1").payments()).hasSize(2);
    assertThat(stored(DocumentKind.INVOICE, "INV-1").amountDue()).isEqualByComparingTo("0");
    assertThat(news).extracting(News::id).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void ofTwoDecisionsAtATimeOneCounts() throws Exception {
    quote("Q-1", "2026-12-31");
    String token = token(make(Kind.APPROVAL, new Wanted(DocumentKind.QUOTE, "Q-1", null)));
    List<Integer> refused = Collections.synchronizedList(new ArrayList<>());
    Runnable approve = () -> decide(token, true, refused);
    Runnable decline = () -> decide(token, false, refused);
    together(approve, decline, approve, decline);
    assertThat(refused).containsExactly(409, 409, 409);
    assertThat(news).hasSize(1);
  }

  @Test
  void aQuoteThatEndedOrIsGoneIsNotDecided() {
    quote("Q-1", "2026-11-22");
    PaymentLink link = make(Kind.APPROVAL, new Wanted(DocumentKind.QUOTE, "Q-1", null));
    refusedAt("name", () -> links.decide(token(link), true, " \u0000 ", null));
    refusedAt("name", () -> links.decide(token(link), true, "x".repeat(201), null));
    clock.set(Instant.parse("2026-11-22T23:00:00Z")); // the 23rd in Vienna
    refused(409, "quote_expired", () -> links.decide(token(link), true, "Ann", null));
    links.withdraw(maria, link.id());
    refused(409, "link_withdrawn", () -> links.decide(token(link), true, "Ann", null));
    invoice("INV-1", "10.00");
    PaymentLink toPay = make(Kind.INVOICE, INV_1);
    refused(409, "not_to_approve", () -> links.decide(token(toPay), true, "Ann", null));
    refused(409, "no_payment", () -> links.paid(company.id(), link.id(), paid("pi_1", "1.00")));
    assertThat(news).isEmpty();
  }

  @Test
  void aPaymentUnderWayOrRefusedIsShown() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    links.processing(company.id(), link.id(), "pi_1");
    assertThat(open(link).link().payment()).isEqualTo(Payment.PROCESSING);
    clock.advance(Duration.ofDays(7));
    assertThat(open(link).link().payment()).isEqualTo(Payment.NOT_PAID);
    links.processing(company.id(), link.id(), "pi_2");
    links.declined(company.id(), link.id(), "pi_2", "Your card\nwas declined.");
    links.declined(company.id(), link.id(), "pi_2", "Your card\nwas declined.");
    assertThat(open(link).link().payment()).isEqualTo(Payment.DECLINED);
    assertThat(news).singleElement().extracting(News::reason).isEqualTo("Your card was declined.");
    links.paid(company.id(), link.id(), paid("pi_2", "100.00"));
    links.declined(company.id(), link.id(), "pi_2", "late");
    links.processing(company.id(), link.id(), "pi_2");
    assertThat(open(link).link().payment()).isEqualTo(Payment.PAID);
    assertThat(news).extracting(News::what).containsExactly(What.PAYMENT_DECLINED, What.PAYMENT_SUCCEEDED);
  }

  @Test
  void moneySeenElsewhereIsNotedByWhoSawIt() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    PaymentLink paid = links.paidByHand(maria, link.id(), paid("BANK-7", "100.00"));
    assertThat(paid.payment()).isEqualTo(Payment.PAID);
    assertThat(links.history(company.id(), link.id()).getLast().who())
        .isEqualTo("noted by Maria Lund");
    refusedAt("/currency", () -> links.paidByHand(maria, link.id(), paid("BANK-8", "1.00", "USD")));
    refusedAt("/amount", () -> links.paidByHand(maria, link.id(), paid("BANK-8", "0")));
    refusedAt("/amount", () -> links.paidByHand(maria, link.id(), paid("BANK-8", "0.001")));
    refusedAt("/reference", () -> links.paidByHand(maria, link.id(), paid(" ", "1.00")));
    List<String> audited =
        new org.postroom.access.Audit(database).list(maria, 50, null).data().stream()
            .map(org.postroom.access.Audit.Entry::what)
            .toList();
    assertThat(audited).contains("payment_link.created", "payment_link.paid_by_hand");
  }

  @Test
  void aTokenOpensItsLinkAndNothingElseDoes() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    String token = token(link);
    for (String wrong :
        List.of(
            "",
            token + "A",
            token.substring(1),
            token.toUpperCase(java.util.Locale.ROOT),
            " " + token,
            "' OR 1=1 --",
            link.id(),
            "A".repeat(43),
            "x".repeat(100_000)))
      assertThat(links.open(wrong)).as(wrong.substring(0, Math.min(50, wrong.length()))).isEmpty();
    refused(404, "not_found", () -> links.decide("A".repeat(43), true, "Ann", null));
    Caller other = Caller.postroom("co_other");
    refused(404, "not_found", () -> links.get(other, link.id()));
    refused(404, "not_found", () -> links.withdraw(other, link.id()));
    refused(404, "not_found", () -> links.paid("co_other", link.id(), paid("pi_1", "1.00")));
    assertThat(links.of("co_other", DocumentKind.INVOICE, "INV-1")).isEmpty();
    assertThat(database.<List<String>>read(sql -> sql.sql("SELECT token FROM payment_links").query(String.class).list()))
        .noneMatch(kept -> kept.contains(token));
  }

  @Test
  void aFailingListenerLeavesNothingBehind() {
    invoice("INV-1", "100.00");
    PaymentLink link = make(Kind.INVOICE, INV_1);
    PaymentLinks failing =
        PaymentsForTests.on(
            database,
            told -> {
              throw new IllegalStateException("no room");
            });
    assertThatThrownBy(() -> failing.paid(company.id(), link.id(), paid("pi_1", "100.00")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(links.get(maria, link.id()).payment()).isEqualTo(Payment.NOT_PAID);
    assertThat(stored(DocumentKind.INVOICE, "INV-1").payments()).isEmpty();
    links.paid(company.id(), link.id(), paid("pi_1", "100.00"));
    assertThat(news).hasSize(1);
  }

  private static void together(Runnable... work) throws Exception {
    try (var pool = java.util.concurrent.Executors.newFixedThreadPool(work.length)) {
      var start = new java.util.concurrent.CountDownLatch(1);
      List<java.util.concurrent.Future<?>> all = new ArrayList<>();
      for (Runnable each : work)
        all.add(
            pool.submit(() -> {
              start.await();
              each.run();
              return null;
            }));
      start.countDown();
      for (var each : all) each.get();
    }
  }

  private void decide(String token, boolean approve, List<Integer> refused) {
    try {
      links.decide(token, approve, "Ann", null);
    } catch (Problem problem) {
      refused.add(problem.status());
    }
  }

  private static void refused(
      int status, String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).as(problem.detail()).isEqualTo(status);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  private static void refusedAt(
      String pointer, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(Problem.FieldError::pointer)
                    .containsExactly(pointer));
  }

  private PaymentLink deposit(String order, @Nullable String amount) {
    return make(
        Kind.DEPOSIT,
        new Wanted(
            DocumentKind.SALES_ORDER, order, amount == null ? null : new BigDecimal(amount)));
  }

  private Optional<PlannedLink> planned(Purpose purpose, StoredDocument about) {
    return links.plan(maria, company, purpose, about);
  }

  private List<String> ids(State state) {
    return links.list(company.id(), state, null, 50, null).data().stream()
        .map(PaymentLink::id)
        .toList();
  }

  private List<String> warnings(PaymentLink link) {
    return links.history(company.id(), link.id()).stream()
        .filter(PaymentLinks.Happened::warning)
        .map(PaymentLinks.Happened::what)
        .toList();
  }

  private StoredDocument invoice(String number, String due) {
    return put(
        DocumentKind.INVOICE,
        number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [], "totals": {"gross": "%s", "due": "%s"}}\
        """
            .formatted(due, due));
  }

  private StoredDocument order(String number, String gross, String fields) {
    return put(
        DocumentKind.SALES_ORDER,
        number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "currency": "EUR", "lines": [],
         "totals": {"gross": "%s"}, "fields": %s}\
        """
            .formatted(gross, fields));
  }

  private StoredDocument quote(String number, String until) {
    return put(
        DocumentKind.QUOTE,
        number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "%s", "currency": "EUR",
         "lines": [], "totals": {"gross": "500.00"}}\
        """
            .formatted(until));
  }

  private StoredDocument put(DocumentKind of, String number, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return documents.put(maria, documents.readJson(of, number, body), Source.json(body)).document();
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
