package org.postroom.payments;

/**
 * A link a mail would carry. It is kept with the mail; until then nobody can open its address.
 *
 * @param link as it will be, or is where an open link for the same is used again
 * @param token stands in the address alone
 * @param fresh false where the link exists already
 */
public record PlannedLink(PaymentLink link, String token, String url, boolean fresh) {

  /** The same by another address, one that was shown before. */
  public PlannedLink at(String shown) {
    String start = url.substring(0, url.length() - token.length());
    return new PlannedLink(link, shown, start + shown, fresh);
  }
}
