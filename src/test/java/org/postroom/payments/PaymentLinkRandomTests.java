package org.postroom.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.AccessForTests;
import org.postroom.access.Caller;
import org.postroom.access.Company;
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
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/**
 * Whatever happens in whatever order, replayed and twice at a time: links, documents and news are
 * what a model says that anybody can check by reading.
 */
@ParameterizedClass
@EnumSource
class PaymentLinkRandomTests {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final int STEPS = 200;
  @Parameter TestDatabase kind;

  @Test
  void linksAreWhatTheModelSays() throws Exception {
    long seed = Long.getLong("postroom.seed", System.nanoTime());
    try (ExecutorService threads = Executors.newFixedThreadPool(2);
        World world = new World(kind, new Random(seed), threads)) {
      List<String> story = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        String did = world.step();
        story.add(did);
        if (step % 8 == 7) world.compare("seed " + seed + ": " + story);
      }
      assertThat(world.seen).as("seed " + seed).contains(State.values());
      assertThat(world.news).as("seed " + seed).hasSizeGreaterThan(10);
    }
  }

  /** A document as anybody would keep it: what is due, and what each reference paid. */
  private static final class Doc {
    final DocumentKind kind;
    final String number;
    BigDecimal due;
    final Map<String, BigDecimal> payments = new HashMap<>();

    Doc(DocumentKind kind, String number, BigDecimal due) {
      this.kind = kind;
      this.number = number;
      this.due = due;
    }

    void pay(String reference, BigDecimal amount) {
      if (payments.putIfAbsent(reference, amount) == null) due = due.subtract(amount);
    }
  }

  /** A link as anybody would keep it. */
  private static final class Link {
    String id = "";
    Kind kind = Kind.INVOICE;
    final List<Doc> docs = new ArrayList<>();
    final List<BigDecimal> shares = new ArrayList<>();
    Instant expires = START;
    boolean used;
    boolean withdrawn;
    BigDecimal paid = BigDecimal.ZERO;
    Payment payment = Payment.NOT_PAID;
    Instant processing = Instant.EPOCH;
    final Set<String> paidBy = new HashSet<>();
    final Set<String> declinedBy = new HashSet<>();
    final Set<String> processedBy = new HashSet<>();

    State state(Instant now) {
      if (used) return State.USED;
      if (withdrawn) return State.WITHDRAWN;
      return expires.isAfter(now) ? State.USABLE : State.EXPIRED;
    }

    Payment payment(Instant now) {
      return processing.isAfter(now) && !used ? Payment.PROCESSING : payment;
    }

    BigDecimal paidOn(Doc doc) {
      return paidBy.stream()
          .map(reference -> doc.payments.getOrDefault(reference, BigDecimal.ZERO))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal due(int i) {
      BigDecimal open = docs.get(i).due.max(BigDecimal.ZERO);
      if (kind == Kind.INVOICE) return open;
      return shares.get(i).subtract(paidOn(docs.get(i))).max(BigDecimal.ZERO).min(open);
    }

    BigDecimal due() {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < docs.size(); i++) sum = sum.add(due(i));
      return sum;
    }

    /** Whether a customer's payment arrived. */
    boolean pay(String reference, BigDecimal amount, Instant now) {
      if (kind == Kind.APPROVAL || !paidBy.add(reference)) return false;
      boolean back = amount.signum() < 0;
      BigDecimal left = amount.abs();
      BigDecimal[] parts = new BigDecimal[docs.size()];
      for (int n = 0; n < docs.size(); n++) {
        int i = back ? docs.size() - 1 - n : n;
        BigDecimal most = (back ? paidOn(docs.get(i)) : due(i)).max(BigDecimal.ZERO);
        parts[i] = n == docs.size() - 1 ? left : left.min(most);
        left = left.subtract(parts[i]);
      }
      for (int i = 0; i < parts.length; i++)
        if (parts[i].signum() != 0)
          docs.get(i).pay(reference, back ? parts[i].negate() : parts[i]);
      paid = paid.add(amount);
      boolean full = due().signum() == 0;
      payment = paid.signum() <= 0 ? Payment.REFUNDED : full ? Payment.PAID : Payment.PART_PAID;
      processing = Instant.EPOCH;
      if (!back && full && !withdrawn) used = true;
      return !back;
    }
  }

  /** The product beside the model. */
  private static final class World implements AutoCloseable {
    final Random random;
    final ExecutorService threads;
    final TestClock clock = new TestClock(START);
    final Database database;
    final Documents documents;
    final PaymentLinks links;
    final Company company;
    final Caller caller;
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final Set<String> news = new HashSet<>();
    final List<Doc> invoices = new ArrayList<>();
    final List<Doc> orders = new ArrayList<>();
    final List<Link> all = new ArrayList<>();
    final Set<State> seen = new HashSet<>();
    int numbers;

    World(TestDatabase kind, Random random, ExecutorService threads) {
      this.random = random;
      this.threads = threads;
      database = kind.open(clock);
      documents = DocumentsForTests.on(database);
      links = PaymentsForTests.on(database, news -> told.add(news.id()));
      String id = AccessForTests.company(database, "Acme", ZoneId.of("America/New_York"));
      company = AccessForTests.on(database).company(id);
      caller = Caller.postroom(id);
      links.choose(caller, new LinkChoices(true, 30, true));
    }

    String step() throws Exception {
      int dice = all.isEmpty() ? random.nextInt(2) : random.nextInt(14);
      return switch (dice) {
        case 0 -> invoice();
        case 1 -> deposit();
        case 2 -> quote();
        case 3 -> mail();
        case 4, 5, 6, 7 -> pay();
        case 8 -> refund();
        case 9 -> withdraw();
        case 10 -> wait(Duration.ofHours(random.nextInt(24 * 12)));
        case 11 -> erp();
        case 12 -> decline();
        default -> process();
      };
    }

    private String invoice() {
      Doc doc = document(DocumentKind.INVOICE, invoices);
      Link link = link(Kind.INVOICE, List.of(doc));
      Optional<PaymentLink> made = make(link, List.of(new Wanted(doc.kind, doc.number, null)));
      assertThat(made.isPresent()).isEqualTo(doc.due.signum() > 0);
      return "invoice link for " + doc.number + " " + made.isPresent();
    }

    private String deposit() {
      List<Doc> docs = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(2); i++) {
        Doc doc = document(DocumentKind.SALES_ORDER, orders);
        if (!docs.contains(doc) && doc.due.signum() > 0) docs.add(doc);
      }
      if (docs.isEmpty()) return "nothing";
      Link link = link(Kind.DEPOSIT, docs);
      List<Wanted> wanted = new ArrayList<>();
      for (Doc doc : docs) {
        BigDecimal share = amount(doc.due);
        link.shares.add(share);
        wanted.add(new Wanted(doc.kind, doc.number, share));
      }
      assertThat(make(link, wanted)).isPresent();
      return "deposit link " + link.id;
    }

    private String quote() {
      Doc doc = new Doc(DocumentKind.QUOTE, "Q-" + ++numbers, BigDecimal.TEN);
      put(doc);
      Link link = link(Kind.APPROVAL, List.of(doc));
      assertThat(make(link, List.of(new Wanted(doc.kind, doc.number, null)))).isPresent();
      if (random.nextInt(3) == 0) return "quote left open";
      boolean approve = random.nextBoolean();
      if (random.nextInt(4) == 0) wait(Duration.ofDays(30));
      boolean open = link.state(clock.instant()) == State.USABLE;
      String token = token(link);
      for (int i = 0; i < 2; i++) {
        boolean first = i == 0 && open;
        assertThat(succeeds(() -> links.decide(token, approve, "Ann", null))).isEqualTo(first);
      }
      if (open) {
        link.used = true;
        link.payment = approve ? Payment.APPROVED : Payment.NOT_APPROVED;
        news.add(link.id + "/" + (approve ? "approved" : "declined") + "/decision");
      }
      return "quote decided " + approve;
    }

    /** A mail takes the open link there is, or makes one. */
    private String mail() {
      Doc doc = document(DocumentKind.INVOICE, invoices);
      Optional<PlannedLink> planned =
          links.plan(caller, company, Purpose.REMINDER, stored(doc));
      if (doc.due.signum() <= 0) {
        assertThat(planned).isEmpty();
        return "mail without link";
      }
      Set<String> open = new HashSet<>();
      for (Link link : all)
        if (link.docs.contains(doc) && link.state(clock.instant()) == State.USABLE)
          open.add(link.id);
      PlannedLink link = planned.orElseThrow();
      assertThat(link.fresh()).isEqualTo(open.isEmpty());
      if (!link.fresh()) assertThat(open).contains(link.link().id());
      links.keep(link, "msg_" + ++numbers);
      links.keep(link, "msg_" + numbers);
      if (link.fresh()) added(link(Kind.INVOICE, List.of(doc)), link.link());
      return "mail with " + link;
    }

    private String pay() throws Exception {
      Link link = any();
      if (link.kind == Kind.APPROVAL) {
        assertThat(succeeds(() -> links.paid(company.id(), link.id, paid("x", BigDecimal.ONE))))
            .isFalse();
        return "money for a quote";
      }
      BigDecimal due = link.due();
      BigDecimal amount =
          switch (random.nextInt(4)) {
            case 0 -> amount(new BigDecimal("500"));
            case 1 -> due.signum() > 0 ? amount(due) : BigDecimal.ONE;
            default -> due.signum() > 0 ? due : BigDecimal.TEN;
          };
      String reference = "pi_" + random.nextInt(1 + numbers / 2 + 20);
      if (!link.paidBy.contains(reference)) {
        boolean arrived = link.pay(reference, amount, clock.instant());
        if (arrived) news.add(link.id + "/succeeded/" + reference);
      }
      twice(() -> links.paid(company.id(), link.id, paid(reference, amount)));
      return "paid " + amount + " " + reference + " on " + link.id;
    }

    private String refund() throws Exception {
      Link link = any();
      if (link.kind == Kind.APPROVAL) return "nothing";
      BigDecimal amount = amount(link.paid.max(BigDecimal.ONE)).negate();
      String reference = "re_" + ++numbers;
      link.pay(reference, amount, clock.instant());
      twice(() -> links.paid(company.id(), link.id, paid(reference, amount)));
      return "back " + amount + " on " + link.id;
    }

    private String withdraw() {
      Link link = any();
      boolean done = succeeds(() -> links.withdraw(caller, link.id));
      assertThat(done).isEqualTo(!link.used);
      link.withdrawn |= done;
      return "withdraw " + link.id;
    }

    private String wait(Duration time) {
      clock.advance(time);
      return "wait " + time;
    }

    /** The ERP tells a payment, perhaps one that a provider will tell too. */
    private String erp() {
      Doc doc = random.nextBoolean() && !orders.isEmpty() ? one(orders) : one(invoices);
      if (doc == null) return "nothing";
      String reference = random.nextBoolean() ? "pi_" + random.nextInt(40) : "b_" + ++numbers;
      if (doc.payments.containsKey(reference)) return "nothing";
      BigDecimal amount = amount(new BigDecimal("200"));
      doc.pay(reference, amount);
      documents.pay(
          caller,
          doc.kind,
          doc.number,
          new NewPayment(reference, amount, LocalDate.parse("2026-11-20"), null));
      return "the ERP tells " + reference + " of " + doc.number;
    }

    private String decline() throws Exception {
      Link link = any();
      String reference = "pi_" + random.nextInt(30);
      if (!link.paidBy.contains(reference) && link.declinedBy.add(reference)) {
        if (link.payment == Payment.NOT_PAID) link.payment = Payment.DECLINED;
        link.processing = Instant.EPOCH;
        if (link.state(clock.instant()) == State.USABLE)
          news.add(link.id + "/declined/" + reference);
      }
      twice(() -> links.declined(company.id(), link.id, reference, "no funds"));
      return "declined " + reference + " on " + link.id;
    }

    private String process() throws Exception {
      Link link = any();
      String reference = "pi_" + random.nextInt(30);
      if (!link.used && !link.paidBy.contains(reference) && link.processedBy.add(reference))
        link.processing = clock.instant().plus(Duration.ofDays(7));
      twice(() -> links.processing(company.id(), link.id, reference));
      return "processing " + reference + " on " + link.id;
    }

    void compare(String when) {
      Instant now = clock.instant();
      for (Link link : all) {
        String what = when + ", looking at " + link.id;
        PaymentLink real = links.get(caller, link.id);
        assertThat(real.state()).as(what).isEqualTo(link.state(now));
        assertThat(real.payment()).as(what).isEqualTo(link.payment(now));
        seen.add(real.state());
        if (link.kind == Kind.APPROVAL) continue;
        BigDecimal due = links.look(caller, link.id).due();
        assertThat(due).as(what).isEqualByComparingTo(link.due());
      }
      for (List<Doc> docs : List.of(invoices, orders))
        for (Doc doc : docs)
          assertThat(stored(doc).amountDue()).as(when + " " + doc.number).isEqualByComparingTo(doc.due);
      assertThat(told).as(when).doesNotHaveDuplicates().hasSameElementsAs(news);
      assertThat(ids(State.USABLE)).as(when).isEqualTo(modelIds(State.USABLE));
      assertThat(ids(State.EXPIRED)).as(when).isEqualTo(modelIds(State.EXPIRED));
    }

    private Set<String> ids(State state) {
      Set<String> ids = new HashSet<>();
      links.list(company.id(), state, null, 1000, null).data().forEach(link -> ids.add(link.id()));
      return ids;
    }

    private Set<String> modelIds(State state) {
      Set<String> ids = new HashSet<>();
      for (Link link : all) if (link.state(clock.instant()) == state) ids.add(link.id);
      return ids;
    }

    /** A replay at the same moment. */
    private void twice(Runnable work) throws Exception {
      Future<?> one = threads.submit(work);
      Future<?> two = threads.submit(work);
      one.get();
      two.get();
    }

    private Link link(Kind of, List<Doc> docs) {
      var link = new Link();
      link.kind = of;
      link.docs.addAll(docs);
      link.expires = clock.instant().plus(Duration.ofDays(30));
      return link;
    }

    private Optional<PaymentLink> make(Link link, List<Wanted> wanted) {
      try {
        PaymentLink made = links.make(caller, new NewLink(link.kind, wanted, null));
        added(link, made);
        return Optional.of(made);
      } catch (Problem problem) {
        assertThat(problem.status()).isEqualTo(422);
        return Optional.empty();
      }
    }

    private void added(Link link, PaymentLink made) {
      link.id = made.id();
      all.add(link);
    }

    private Doc document(DocumentKind of, List<Doc> known) {
      if (known.size() > 2 && random.nextInt(3) > 0) return one(known);
      BigDecimal due = amount(new BigDecimal("1000"));
      var doc = new Doc(of, (of == DocumentKind.INVOICE ? "INV-" : "SO-") + ++numbers, due);
      put(doc);
      known.add(doc);
      return doc;
    }

    private void put(Doc doc) {
      byte[] body =
          "{\"partner\": \"contoso\", \"currency\": \"EUR\", \"totals\": {\"gross\": \"%s\", \"due\": \"%s\"}}"
              .formatted(doc.due.toPlainString(), doc.due.toPlainString())
              .getBytes(StandardCharsets.UTF_8);
      documents.put(caller, documents.readJson(doc.kind, doc.number, body), Source.json(body));
    }

    private StoredDocument stored(Doc doc) {
      return documents.find(company.id(), doc.kind, doc.number).orElseThrow();
    }

    private String token(Link link) {
      String url = links.url(links.get(caller, link.id));
      return url.substring(url.lastIndexOf('/') + 1);
    }

    private Paid paid(String reference, BigDecimal amount) {
      return new Paid(reference, amount, "EUR", clock.instant(), "Stripe");
    }

    private Link any() {
      return all.get(random.nextInt(all.size()));
    }

    private @Nullable Doc one(List<Doc> docs) {
      return docs.isEmpty() ? null : docs.get(random.nextInt(docs.size()));
    }

    /** More than nothing, at most so much. */
    private BigDecimal amount(BigDecimal most) {
      int cents = most.movePointRight(2).intValue();
      return BigDecimal.valueOf(1 + random.nextInt(Math.max(1, cents)), 2).min(most);
    }

    private static boolean succeeds(Runnable work) {
      try {
        work.run();
        return true;
      } catch (Problem problem) {
        assertThat(problem.status()).isEqualTo(409);
        return false;
      }
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
