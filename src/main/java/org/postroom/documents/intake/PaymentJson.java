package org.postroom.documents.intake;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.postroom.documents.NewPayment;
import org.postroom.http.Problem;
import tools.jackson.databind.JsonNode;

/** A payment from JSON. */
public final class PaymentJson {
  private PaymentJson() {}

  public static NewPayment read(byte[] body) {
    return read(DocumentJson.parse(body));
  }

  public static NewPayment read(JsonNode body) {
    if (!body.isObject())
      throw Problem.invalid("", "wrong_type", "The body must be a JSON object.");
    var errors = new Errors();
    var in = new JsonFields(body, "", errors);
    in.require("reference");
    in.require("amount");
    in.require("date");
    String reference = in.text("reference", 100);
    if (reference != null && reference.isBlank())
      in.refuse("reference", "required", "“reference” is empty.");
    BigDecimal amount = in.decimal("amount");
    if (amount != null && amount.signum() == 0)
      in.refuse("amount", "out_of_range", "A payment of nothing is no payment.");
    LocalDate date = in.date("date");
    String currency =
        in.code(
            "currency",
            Wording::isCurrency,
            "not_a_currency",
            "is not a currency code of ISO 4217 such as EUR.");
    in.close();
    errors.throwIfAny();
    if (reference == null || amount == null || date == null)
      throw new IllegalStateException("Told as errors above.");
    return new NewPayment(reference, amount, date, currency);
  }
}
