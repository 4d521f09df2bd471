package org.postroom.reminders;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.OpenInvoice;
import org.postroom.outbox.Written;
import org.postroom.partners.Partner;
import org.postroom.reminders.HistoryRows.Kept;

/**
 * Everything about one customer that a decision needs, read at one moment.
 *
 * @param partner null where there is no such customer
 * @param invoices open ones that have reached some step, the longest due first
 * @param reached the highest step that is done, by invoice; 0 where absent
 * @param credit what is owed to the customer, by currency
 * @param about what was written about these invoices by others than reminders
 * @param others reminders and statements of others than us that went to the customer lately
 * @param told reasons that are kept already
 */
record Standing(
    String ref,
    @Nullable Partner partner,
    List<OpenInvoice> invoices,
    Map<String, Integer> reached,
    Map<String, BigDecimal> credit,
    List<Stop> stops,
    List<Written> about,
    List<Written> others,
    Past past,
    List<Kept> told,
    Instant now) {

  /**
   * Our own mails to the customer.
   *
   * @param last the newest day with any, null for none
   * @param mails how many on that day
   * @param waiting the day of one that still waits to leave, null for none
   */
  record Past(@Nullable LocalDate last, int mails, @Nullable LocalDate waiting) {}

  String name() {
    return partner == null ? ref : partner.name();
  }

  int reached(OpenInvoice invoice) {
    return reached.getOrDefault(invoice.number(), 0);
  }
}
