package org.postroom.documents.layout;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.Ledger;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.Style;
import org.postroom.documents.press.TextLine;

/**
 * The title, and below it the two to four things people look for first on such a paper: when it
 * comes and who brings it, until when an offer stands, what is due.
 */
final class Headline {
  private static final double MM = Look.MM;
  private static final Style VALUE = new Style(true, 11, 1.3, Look.TEXT);
  private static final int MOST = 4;

  private record Fact(String word, String value) {}

  private final Sheet sheet;
  private final Document document;
  private final List<Fact> facts = new ArrayList<>();

  private Headline(Sheet sheet) {
    this.sheet = sheet;
    this.document = sheet.document();
  }

  static List<Strip> of(Sheet sheet) {
    Headline headline = new Headline(sheet);
    headline.choose();
    if (headline.asksForMoney()) return List.of(headline.titleWithSum());
    List<Strip> strips = new ArrayList<>();
    strips.add(headline.title(sheet.width()));
    if (!headline.facts.isEmpty()) strips.add(headline.band());
    return strips;
  }

  /** What is due stands beside the title: below, papers that ask for money need the room. */
  private boolean asksForMoney() {
    return document.kind().asksForPayment()
        && document.ledger() == null
        && document.amountDue() != null;
  }

  private Strip titleWithSum() {
    Style large = VALUE.sized(13.5).in(sheet.look().ink());
    TextLine sum = sheet.line(facts.getFirst().value(), large);
    String text = facts.getFirst().word();
    if (facts.size() > 1) text += " · " + facts.get(1).value();
    TextLine word = sheet.line(text, Look.LABEL);
    Strip strip = title(sheet.width() - Math.max(sum.width(), word.width()) - 6 * MM);
    strip.textTo(word, Look.LABEL, sheet.width(), -1.2 * MM);
    return strip.textTo(sum, large, sheet.width(), Look.LABEL.lineHeight() - 1.2 * MM);
  }

  private Strip title(double width) {
    Style style = sheet.look().title();
    Strip strip = new Strip().before(5 * MM).keepWithNext();
    strip.lines(sheet.lines(sheet.title(), style, width), style, 0, 0);
    return strip.grow(strip.height() + 3.5 * MM);
  }

  private Strip band() {
    List<Fact> shown = facts.subList(0, Math.min(MOST, facts.size()));
    double width = sheet.width() / shown.size();
    Strip strip = new Strip();
    double tall = 0;
    List<List<TextLine>> values = new ArrayList<>();
    for (Fact fact : shown) {
      List<TextLine> lines = sheet.lines(fact.value(), VALUE, width - 6 * MM);
      values.add(lines);
      tall = Math.max(tall, lines.size() * VALUE.lineHeight());
    }
    tall += Look.LABEL.lineHeight() + 3.6 * MM;
    strip.fill(sheet.look().tint(), 0, 0, sheet.width(), tall);
    strip.fill(sheet.look().ink(), 0, 0, 0.8 * MM, tall);
    for (int i = 0; i < shown.size(); i++) {
      double x = i * width + 3.6 * MM;
      strip.text(sheet.line(shown.get(i).word(), Look.LABEL), Look.LABEL, x, 2 * MM);
      Style style = i == 0 ? VALUE.in(sheet.look().ink()) : VALUE;
      strip.lines(values.get(i), style, x, 2 * MM + Look.LABEL.lineHeight());
    }
    return strip.grow(tall + 3 * MM).keepWithNext();
  }

  private void choose() {
    switch (document.kind()) {
      case INVOICE, BILL, DEPOSIT, REMINDER -> {
        money("total.due", document.amountDue());
        date("due", document.dueDate());
      }
      case QUOTE -> {
        money("total.gross", gross());
        date("due", document.dueDate());
        date("delivery", document.deliveryDate());
      }
      case SALES_ORDER, PURCHASE_ORDER -> {
        date("delivery", document.deliveryDate());
        date("due", document.dueDate());
        reference("customer_order", "incoterms");
        money("total.gross", gross());
      }
      case CREDIT_MEMO -> {
        money("total.gross", gross());
        reference("invoice", "rma");
      }
      case PACKING_SLIP, SHIPMENT -> {
        reference("carrier", "tracking", "order");
        date("delivery", document.deliveryDate());
        units();
      }
      case RMA -> {
        fact(sheet.kindWord("number"), document.number());
        date("due", document.dueDate());
        reference("invoice", "order");
      }
      case RECEIPT, BILL_PAYMENT -> {
        money("total.gross", gross());
        date("date", document.issueDate());
        fact(sheet.word("payment.means"), document.payment().means());
        reference("payment", "invoice");
      }
      case ITEM_RECEIPT -> {
        date("date", document.issueDate());
        reference("purchase_order", "order", "packing_slip");
        units();
      }
      case STATEMENT -> balances();
    }
  }

  private void balances() {
    Ledger ledger = document.ledger();
    if (ledger == null) {
      money("total.due", document.amountDue());
      date("as_of", document.issueDate());
      return;
    }
    for (Ledger.Group group : ledger.groups()) {
      Figures figures = sheet.figures(group.currency());
      fact(sheet.kindWord("total.due"), figures.money(group.balance()));
    }
    if (facts.size() < MOST) date("as_of", ledger.asOf());
  }

  /** How many pieces, where all lines count in the same unit. */
  private void units() {
    BigDecimal sum = BigDecimal.ZERO;
    String unit = null;
    for (Line line : document.lines()) {
      if (line.quantity() == null || line.unit() == null) return;
      if (unit != null && !unit.equals(line.unit())) return;
      unit = line.unit();
      sum = sum.add(line.quantity());
    }
    if (unit != null)
      fact(sheet.word("total.quantity"), sheet.figures().quantity(sum) + " " + unit);
  }

  private @Nullable BigDecimal gross() {
    Totals totals = document.totals();
    if (totals == null) return null;
    return totals.gross() != null ? totals.gross() : totals.net();
  }

  private void reference(String... names) {
    for (String name : names) {
      fact(sheet.word("reference." + name), document.references().get(name));
    }
  }

  private void date(String word, @Nullable LocalDate date) {
    if (date != null) fact(sheet.kindWord(word), sheet.figures().date(date));
  }

  private void money(String word, @Nullable BigDecimal amount) {
    if (amount != null) fact(sheet.kindWord(word), sheet.figures().money(amount));
  }

  private void fact(String word, @Nullable String value) {
    if (value != null && !value.isBlank()) facts.add(new Fact(word, value));
  }
}
