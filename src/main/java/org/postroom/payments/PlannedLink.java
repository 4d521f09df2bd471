package org.postroom.payments;

/**
 * A link a mail would carry. It is kept with the mail; until then nobody can open its address.
 *
 * @param link as it will be, or is where an open link for the same is used again
 * @param token stands in the address alone
 * @param fresh false where the link exists already
 */
public record PlannedLink(PaymentLink link, String token, String url, boolean fresh) {}
