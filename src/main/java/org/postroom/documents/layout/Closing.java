package org.postroom.documents.layout;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.mail.Iban;
import org.w3c.dom.Element;

/** Below the sums: how to pay, the terms, the notes. */
final class Closing {
  private final Sheet sheet;
  private final Markup markup;
  private final Document document;

  private Closing(Sheet sheet) {
    this.sheet = sheet;
    this.markup = sheet.markup();
    this.document = sheet.document();
  }

  static void write(Sheet sheet, Element body) {
    Closing closing = new Closing(sheet);
    if (closing.asksForMoney()) {
      closing.payment(body);
    } else {
      closing.terms(body);
    }
    closing.notes(body);
  }

  private boolean asksForMoney() {
    var due = document.amountDue();
    return document.kind().asksForPayment() && (due == null || due.signum() > 0);
  }

  private void payment(Element body) {
    EpcCode.Transfer transfer = transfer();
    Element row = markup.add(markup.add(body, "table", "payment"), "tr");
    Element cell = markup.add(row, "td");
    markup.text(cell, "h2", "", sheet.word("payment"));
    if (document.payment().terms() != null) {
      markup.text(cell, "p", "terms", document.payment().terms());
    }
    Element table = markup.add(cell, "table", "pairs");
    if (document.dueDate() != null) {
      pair(table, "payment.until", sheet.figures().date(document.dueDate()));
    }
    account(table, transfer);
    EpcCode.payload(transfer).ifPresent(payload -> code(row, payload));
  }

  private void account(Element table, EpcCode.Transfer transfer) {
    if (transfer.iban() != null) {
      pair(table, "payment.account", transfer.name());
      pair(table, "payment.iban", grouped(transfer.iban()));
      pair(table, "payment.bic", bicAndBank(transfer.bic()));
    }
    pair(table, "payment.reference", transfer.reference());
  }

  private void code(Element row, String payload) {
    Element cell = markup.add(row, "td", "code");
    Element code = markup.add(cell, "object", "epc");
    code.setAttribute("type", QrDrawer.TYPE);
    code.setAttribute("data-payload", payload);
    markup.text(cell, "div", "", sheet.word("payment.scan"));
  }

  /** The document's own account, whole; else the company's. */
  private EpcCode.Transfer transfer() {
    PaymentTerms terms = document.payment();
    Company company = sheet.company();
    boolean own = terms.iban() != null;
    return new EpcCode.Transfer(
        Optional.ofNullable(terms.accountName())
            .or(() -> Optional.ofNullable(sheet.parties().sender().name()))
            .orElse(company.name()),
        own ? terms.iban() : company.iban(),
        own ? terms.bic() : company.bic(),
        document.currency(),
        document.amountDue(),
        Objects.requireNonNullElse(terms.reference(), document.number()));
  }

  private String bicAndBank(@Nullable String bic) {
    boolean own = document.payment().iban() != null;
    String bank = own ? document.payment().bank() : sheet.company().bankName();
    return Stream.of(bic, bank)
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(" · "));
  }

  private void terms(Element body) {
    String terms = document.payment().terms();
    if (terms != null && !terms.isBlank()) markup.text(body, "p", "note", terms);
  }

  private void notes(Element body) {
    document.notes().stream()
        .filter(note -> !note.isBlank())
        .forEach(note -> markup.text(body, "p", "note", note));
  }

  private void pair(Element table, String key, @Nullable String value) {
    if (value == null || value.isBlank()) return;
    Element row = markup.add(table, "tr");
    markup.text(row, "th", "", sheet.word(key));
    markup.text(row, "td", "", value);
  }

  /** Other countries' account numbers print as they came. */
  private static String grouped(String account) {
    return Iban.of(account).map(Iban::grouped).orElse(account);
  }
}
