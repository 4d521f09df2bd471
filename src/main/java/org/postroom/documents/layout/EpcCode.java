package org.postroom.documents.layout;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.press.Texts;
import org.postroom.mail.Iban;

/**
 * The "scan to pay" code of SEPA credit transfers, EPC069-12 version 2: European accounts and euro
 * only. Banking apps read it and fill in the transfer.
 */
final class EpcCode {
  private static final BigDecimal LEAST = new BigDecimal("0.01");
  private static final BigDecimal MOST = new BigDecimal("999999999.99");
  private static final int NAME_LENGTH = 70;
  private static final int REFERENCE_LENGTH = 140;
  private static final int MOST_BYTES = 331;

  /** Whom to pay, how much, and what to quote. */
  record Transfer(
      String name,
      @Nullable String iban,
      @Nullable String bic,
      String currency,
      @Nullable BigDecimal amount,
      String reference) {}

  private EpcCode() {}

  /** The text inside the code; empty where the standard has no code for such a payment. */
  static Optional<String> payload(Transfer transfer) {
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
