package org.postroom.documents;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of which something is still to be paid, in short.
 *
 * @param amountDue more than zero
 * @param billTo as on the document
 * @param fields the ERP's own fields
 */
public record OpenInvoice(
    String number,
    String partner,
    @Nullable LocalDate issueDate,
    LocalDate dueDate,
    String currency,
    BigDecimal amountDue,
    Document.@Nullable Party billTo,
    Map<String, Object> fields) {}
