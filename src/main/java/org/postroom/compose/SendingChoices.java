package org.postroom.compose;

/**
 * How a company sends by hand.
 *
 * @param undoSeconds how long a message that was sent by hand can be taken back, 0 to 120; 0: it
 *     leaves at once
 * @param links whether files too large for mail become a link to download them
 * @param linkDays how long such a link works, 1 to 365
 */
public record SendingChoices(int undoSeconds, boolean links, int linkDays) {
  public static final SendingChoices DEFAULT = new SendingChoices(10, false, 30);
}
