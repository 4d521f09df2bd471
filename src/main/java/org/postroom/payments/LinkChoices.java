package org.postroom.payments;

/**
 * What a company settled about its links.
 *
 * @param inMails whether invoices, reminders, news of declined payments and quotes carry a link
 * @param days how long a link works, 1 to 730
 * @param combined whether one deposit link may be for several documents of a customer
 */
public record LinkChoices(boolean inMails, int days, boolean combined) {
  public static final LinkChoices DEFAULT = new LinkChoices(false, 60, false);
}
