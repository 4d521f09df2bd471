package org.postroom.documents;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.intake.PaymentJson;
import tools.jackson.databind.JsonNode;

/**
 * A payment as the ERP tells it.
 *
 * @param reference the ERP's own, once per document
 * @param amount not zero; negative when money goes back
 * @param currency if given, the document's
 */
public record NewPayment(
    String reference, BigDecimal amount, LocalDate date, @Nullable String currency) {

  /** Reads a body such as {@code {"reference", "amount", "date"}}; 422 with what is wrong. */
  public static NewPayment read(byte[] body) {
    return PaymentJson.read(body);
  }

  /** Like {@link #read(byte[])} for parsed JSON. */
  public static NewPayment read(JsonNode body) {
    return PaymentJson.read(body);
  }
}
