package org.postroom.documents.layout;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.press.Texts;
import org.postroom.mail.Iban;

/**
 * The "scan to pay" code of SEPA credit transfers, EPC069-12 version 2: European accounts and euro
 * only. Banking apps read it and fill in the transfer.
 */
public final class EpcCode {
  private static final BigDecimal LEAST = new BigDecimal("0.01");
  private static final BigDecimal MOST = new BigDecimal("999999999.99");
  private static final int NAME_LENGTH = 70;
  private static final int REFERENCE_LENGTH = 140;
  private static final int MOST_BYTES = 331;

  /** Modules of white around a code (ISO/IEC 18004, 9.1). */
  private static final int QUIET = 4;

  /** Whom to pay, how much, and what to quote. */
  public record Transfer(
      String name,
      @Nullable String iban,
      @Nullable String bic,
      String currency,
      @Nullable BigDecimal amount,
      String reference) {

    /** To the document's own account, whole; else to the company's. */
    public static Transfer of(Document document, Company company, @Nullable BigDecimal amount) {
      PaymentTerms terms = document.payment();
      boolean own = terms.iban() != null;
      return new Transfer(
          Optional.ofNullable(terms.accountName())
              .or(() -> Optional.ofNullable(Parties.of(document, company).sender().name()))
              .orElse(company.name()),
          own ? terms.iban() : company.iban(),
          own ? terms.bic() : company.bic(),
          document.currency(),
          amount,
          Objects.requireNonNullElse(terms.reference(), document.number()));
    }
  }

  private EpcCode() {}

  /** The text inside the code; empty where the standard has no code for such a payment. */
  public static Optional<String> payload(Transfer transfer) {
    Optional<Iban> iban = Iban.of(transfer.iban());
    if (iban.isEmpty() || !payable(transfer) || transfer.name().isBlank()) return Optional.empty();
    String reference = line(transfer.reference(), REFERENCE_LENGTH);
    boolean structured = isCreditorReference(reference);
    String payload =
        String.join(
            "\n",
            "BCD",
            "002",
            "1", // UTF-8
            "SCT",
            bic(transfer.bic()),
            line(transfer.name(), NAME_LENGTH),
            iban.get().value(),
            "EUR" + exact(transfer.amount()).toPlainString(),
            "", // purpose
            structured ? reference.replace(" ", "") : "",
            structured ? "" : reference);
    return payload.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
        ? Optional.empty()
        : Optional.of(payload);
  }

  /** The modules of the code, without its quiet zone. The standard asks for level M. */
  static ByteMatrix modules(String payload) {
    return QrMasks.modules(payload);
  }

  /** The code as a picture of its own (SVG), with the quiet zone that readers need. */
  public static String svg(String payload) {
    ByteMatrix modules = modules(payload);
    int side = modules.getWidth() + 2 * QUIET;
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) row(modules, y, path);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%1$dv%1$dH0z\"/><path d=\"%2$s\"/></svg>"
        .formatted(side, path);
  }

  /** Black modules beside each other become one bar. */
  private static void row(ByteMatrix modules, int y, StringBuilder path) {
    int from = 0;
    while (from < modules.getWidth()) {
      int to = from;
      while (to < modules.getWidth() && modules.get(to, y) == 1) to++;
      int length = to - from;
      if (length > 0)
        path.append("M%d %dh%dv1h-%dz".formatted(from + QUIET, y + QUIET, length, length));
      from = to + 1;
    }
  }

  private static boolean payable(Transfer transfer) {
    BigDecimal amount = transfer.amount();
    return transfer.currency().equals("EUR")
        && amount != null
        && amount.compareTo(LEAST) >= 0
        && amount.compareTo(MOST) <= 0
        && amount.stripTrailingZeros().scale() <= 2;
  }

  private static BigDecimal exact(@Nullable BigDecimal amount) {
    return amount == null ? LEAST : amount.setScale(2, java.math.RoundingMode.UNNECESSARY);
  }

  private static String bic(@Nullable String written) {
    String bic = written == null ? "" : written.strip().toUpperCase(Locale.ROOT);
    return bic.matches("[A-Z0-9]{8}([A-Z0-9]{3})?") ? bic : "";
  }

  private static boolean isCreditorReference(String text) {
    String value = text.replace(" ", "");
    return value.matches("RF[0-9]{2}[A-Z0-9]{1,21}") && Iban.mod97(value) == 1;
  }

  private static String line(String text, int length) {
    String line = Texts.clean(text).replace('\n', ' ').strip();
    return line.codePointCount(0, line.length()) <= length
        ? line
        : line.substring(0, line.offsetByCodePoints(0, length)).strip();
  }
}
