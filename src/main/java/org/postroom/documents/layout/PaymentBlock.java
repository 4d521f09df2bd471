package org.postroom.documents.layout;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Ledger;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.TextLine;
import org.postroom.mail.Iban;

/** How to pay: the account, the reference, and the code that banking apps read. */
final class PaymentBlock {
  private static final double MM = Look.MM;
  private static final double CODE = 27 * MM;
  private static final double CODE_COLUMN = 36 * MM;

  private final Sheet sheet;
  private final Document document;

  private PaymentBlock(Sheet sheet) {
    this.sheet = sheet;
    this.document = sheet.document();
  }

  /** Only where the document asks for money. */
  static List<Strip> of(Sheet sheet) {
    PaymentBlock block = new PaymentBlock(sheet);
    return block.asksForMoney() ? List.of(block.strip()) : List.of();
  }

  private boolean asksForMoney() {
    if (!document.kind().asksForPayment()) return false;
    Ledger ledger = document.ledger();
    if (ledger != null) {
      return ledger.groups().stream().anyMatch(group -> group.balance().signum() > 0);
    }
    BigDecimal due = document.amountDue();
    return due == null || due.signum() > 0;
  }

  private Strip strip() {
    EpcCode.Transfer transfer =
        EpcCode.Transfer.of(document, sheet.company(), document.amountDue());
    Optional<String> payload = EpcCode.payload(transfer);
    Strip strip = new Strip().before(5 * MM);
    strip.text(
        sheet.line(sheet.word("payment"), sheet.look().heading()), sheet.look().heading(), 0, 0);
    double width = sheet.width() - (payload.isPresent() ? CODE_COLUMN : 0);
    double at = strip.height() + 1 * MM;
    String terms = document.payment().terms();
    if (terms != null && !terms.isBlank()) {
      at = strip.lines(sheet.lines(terms, Look.BODY, width), Look.BODY, 0, at) + 1.5 * MM;
    }
    Pairs pairs = pairs(transfer);
    pairs.draw(strip, 0, at, width, pairs.wordWidth(60 * MM), 0.4 * MM);
    payload.ifPresent(text -> code(strip, text));
    return strip;
  }

  private Pairs pairs(EpcCode.Transfer transfer) {
    Pairs pairs = new Pairs(sheet);
    if (document.dueDate() != null) {
      pairs.add(sheet.word("payment.until"), sheet.figures().date(document.dueDate()));
    }
    if (transfer.iban() != null) {
      pairs.add(sheet.word("payment.account"), transfer.name());
      pairs.add(sheet.word("payment.iban"), grouped(transfer.iban()));
      pairs.add(sheet.word("payment.bic"), bicAndBank(transfer.bic()));
    }
    return pairs.add(sheet.word("payment.reference"), transfer.reference());
  }

  private void code(Strip strip, String payload) {
    ByteMatrix modules = EpcCode.modules(payload);
    double x = sheet.width() - CODE;
    strip.bars(bars(modules), x, 0, CODE / modules.getWidth(), CODE);
    double at = CODE + 1.2 * MM;
    for (TextLine line : sheet.lines(sheet.word("payment.scan"), Look.SMALL, CODE_COLUMN)) {
      strip.text(line, Look.SMALL, x + (CODE - line.width()) / 2, at);
      at += Look.SMALL.lineHeight();
    }
  }

  /** Black modules beside each other become one bar. */
  private static int[] bars(ByteMatrix modules) {
    int[] bars = new int[4 * modules.getWidth() * modules.getHeight()];
    int count = 0;
    for (int row = 0; row < modules.getHeight(); row++) {
      int from = 0;
      while (from < modules.getWidth()) {
        int to = from;
        while (to < modules.getWidth() && modules.get(to, row) == 1) to++;
        if (to > from) {
          bars[count++] = from;
          bars[count++] = row;
          bars[count++] = to - from;
          bars[count++] = 1;
        }
        from = to + 1;
      }
    }
    return Arrays.copyOf(bars, count);
  }

  private String bicAndBank(@Nullable String bic) {
    boolean own = document.payment().iban() != null;
    String bank = own ? document.payment().bank() : sheet.company().bankName();
    return Stream.of(bic, bank)
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(" · "));
  }

  /** Other countries' account numbers print as they came. */
  private static String grouped(String account) {
    return Iban.of(account).map(Iban::grouped).orElse(account);
  }
}
