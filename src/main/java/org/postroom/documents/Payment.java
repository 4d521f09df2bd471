package org.postroom.documents;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payment the ERP told.
 *
 * @param reference the ERP's own, once per document
 * @param amount in the document's currency, negative when money goes back
 * @param counted whether it comes on top of what the document itself says is paid: a document put
 *     later with another paid sum includes all payments told before
 */
public record Payment(
    String reference, BigDecimal amount, LocalDate date, boolean counted, Instant recordedAt) {

  ObjectNode json() {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("reference", reference);
    out.put("amount", amount.toPlainString());
    out.put("date", date.toString());
    out.put("counted", counted);
    out.put("recorded_at", recordedAt.toString());
    return out;
  }
}
