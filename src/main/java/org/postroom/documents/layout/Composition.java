package org.postroom.documents.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.postroom.documents.Document;
import org.postroom.documents.Ledger;
import org.postroom.documents.press.Strip;

/** What stands on a document, top to bottom. The parts come one by one, as pages are filled. */
final class Composition {
  private final Sheet sheet;
  private final Document document;
  private final Queue<Iterator<Strip>> parts = new ArrayDeque<>();

  private Composition(Sheet sheet) {
    this.sheet = sheet;
    this.document = sheet.document();
  }

  static Iterator<Strip> of(Sheet sheet) {
    return new Composition(sheet).strips();
  }

  private Iterator<Strip> strips() {
    Forms forms = new Forms(sheet);
    add(List.of(new Letterhead(sheet).strip()));
    add(Headline.of(sheet));
    add(forms.opening());
    Ledger ledger = document.ledger();
    if (ledger != null) parts.addAll(LedgerTable.of(sheet, ledger));
    List<Strip> sums = ledger == null ? Sums.of(sheet) : List.of();
    if (!document.lines().isEmpty()) parts.add(LineTable.of(sheet).strips(!sums.isEmpty()));
    add(sums);
    if (sheet.variant() == Variant.PAYMENT_HISTORY) parts.addAll(History.of(sheet));
    List<Strip> payment = PaymentBlock.of(sheet);
    add(payment);
    if (payment.isEmpty()) add(notes(terms()));
    add(notes(document.notes()));
    add(forms.closing());
    return joined(parts);
  }

  private void add(List<Strip> strips) {
    parts.add(strips.iterator());
  }

  private List<String> terms() {
    String terms = document.payment().terms();
    return terms == null ? Collections.emptyList() : List.of(terms);
  }

  private List<Strip> notes(List<String> notes) {
    List<Strip> strips = new ArrayList<>();
    for (String note : notes) {
      if (!note.isBlank()) strips.add(sheet.paragraph(note, Look.BODY, 4.5 * Look.MM));
    }
    return strips;
  }

  private static Iterator<Strip> joined(Queue<Iterator<Strip>> parts) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (!parts.isEmpty() && !parts.peek().hasNext()) parts.remove();
        return !parts.isEmpty();
      }

      @Override
      public Strip next() {
        if (!hasNext()) throw new java.util.NoSuchElementException();
        return parts.element().next();
      }
    };
  }
}
