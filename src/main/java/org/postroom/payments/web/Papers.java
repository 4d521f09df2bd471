package org.postroom.payments.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Money;
import org.postroom.documents.StoredDocument;
import org.postroom.payments.LinkAnswers;
import org.postroom.payments.PaymentLink;

/**
 * The documents of a link in short: what customers need to know before they pay or decide. Nothing
 * here that is not on the document's PDF too.
 *
 * @param title "Invoice INV-2026-0412", or several numbers
 * @param more how many lines only the PDF has
 */
record Papers(
    String title,
    List<Fact> facts,
    List<Paper> papers,
    List<Line> lines,
    int more,
    List<Fact> sums) {
  private static final int MOST_LINES = 8;

  /** A word and its value. */
  record Fact(String word, String value) {}

  /**
   * One of several documents.
   *
   * @param place 1, 2, …: its PDF's name
   */
  record Paper(int place, String title, @Nullable String amount) {}

  record Line(
      String description,
      @Nullable String detail,
      @Nullable String quantity,
      @Nullable String amount) {}

  static Papers of(Visit visit) {
    PageWords say = visit.words();
    List<StoredDocument> documents = visit.documents();
    StoredDocument only = documents.size() == 1 ? documents.getFirst() : null;
    return new Papers(
        title(visit.link(), say),
        only == null ? List.of() : facts(only.document(), say),
        papers(visit, say),
        only == null ? List.of() : lines(only.document(), say),
        only == null ? 0 : Math.max(0, only.document().lines().size() - MOST_LINES),
        only == null ? List.of() : sums(only, say));
  }

  /** Before its documents are known to be there. */
  private static String title(PaymentLink link, PageWords say) {
    PaymentLink.Item first = link.items().getFirst();
    String rest =
        String.join(", ", link.items().stream().skip(1).map(PaymentLink.Item::number).toList());
    return say.named(first.kind(), first.number()) + (rest.isEmpty() ? "" : ", " + rest);
  }

  private static List<Fact> facts(Document document, PageWords say) {
    List<Fact> facts = new ArrayList<>();
    boolean quote = document.kind() == DocumentKind.QUOTE;
    day(document.issueDate(), "fact.issued", say).ifPresent(facts::add);
    LocalDate until = quote ? LinkAnswers.validUntil(document) : document.dueDate();
    day(until, quote ? "fact.valid" : "fact.due", say).ifPresent(facts::add);
    String order = document.references().get("customer_order");
    if (order != null && !order.isBlank()) facts.add(new Fact(say.say("fact.order"), order));
    return facts;
  }

  private static Optional<Fact> day(@Nullable LocalDate day, String key, PageWords say) {
    return Optional.ofNullable(day).map(known -> new Fact(say.say(key), say.day(known)));
  }

  private static List<Paper> papers(Visit visit, PageWords say) {
    List<StoredDocument> documents = visit.documents();
    return IntStream.range(0, documents.size())
        .mapToObj(i -> paper(i + 1, documents.get(i).document(), visit.link(), say))
        .toList();
  }

  private static Paper paper(int place, Document document, PaymentLink link, PageWords say) {
    BigDecimal share =
        link.items().stream()
            .filter(item -> item.number().equals(document.number()))
            .filter(item -> item.kind() == document.kind())
            .map(PaymentLink.Item::amount)
            .findFirst()
            .orElse(null);
    return new Paper(
        place,
        say.named(document.kind(), document.number()),
        share == null ? null : say.money(share, link.currency()));
  }

  private static List<Line> lines(Document document, PageWords say) {
    return document.lines().stream()
        .limit(MOST_LINES)
        .map(line -> line(line, document.currency(), say))
        .toList();
  }

  private static Line line(Document.Line line, String currency, PageWords say) {
    BigDecimal counted = line.quantity();
    String quantity = counted == null ? null : Money.plain(counted, say.locale());
    return new Line(
        line.description(),
        line.details().isEmpty() ? null : line.details().getFirst(),
        quantity == null || line.unit() == null ? quantity : quantity + "\u00a0" + line.unit(),
        line.amount() == null ? null : say.money(line.amount(), currency));
  }

  private static List<Fact> sums(StoredDocument stored, PageWords say) {
    Totals totals = stored.totals();
    if (totals == null) return List.of();
    List<Fact> sums = new ArrayList<>();
    boolean taxed = totals.tax() != null && totals.tax().signum() != 0;
    if (taxed) add(sums, "sum.net", totals.net(), stored, say);
    if (taxed) add(sums, "sum.tax", totals.tax(), stored, say);
    add(sums, "sum.gross", totals.gross(), stored, say);
    boolean paid = totals.paid() != null && totals.paid().signum() != 0;
    if (paid) add(sums, "sum.paid", totals.paid(), stored, say);
    if (paid) add(sums, "sum.due", stored.amountDue(), stored, say);
    return sums;
  }

  private static void add(
      List<Fact> sums, String key, @Nullable BigDecimal amount, StoredDocument of, PageWords say) {
    if (amount == null) return;
    sums.add(new Fact(say.say(key), say.money(amount, of.document().currency())));
  }
}
