package org.postroom.suppression;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failure speaks about the address at all, by its status (RFC 3463). A relay that refuses
 * us, a reputation, a limit, a size or a content says nothing about whom we wrote to, whatever the
 * report calls itself.
 */
final class Blame {
  /**
   * Temporary, or about us: our own address (1.7, 1.8), the system (3.x), the protocol (5.x), the
   * content (6.x), policy and reputation (7.x).
   */
  private static final Pattern NOT_THE_ADDRESS =
      Pattern.compile("4\\..*|\\d\\.1\\.[78]|\\d\\.3\\.[1-9]\\d*|\\d\\.[567]\\..*");

  /** Nothing but the mailbox itself: address (1.x) and mailbox (2.x) statuses. */
  private static final Pattern THE_MAILBOX = Pattern.compile("[45]\\.(1\\.(?![78]$)|2\\.)\\d{1,3}");

  private Blame() {}

  /** For a failure somebody calls final. */
  static boolean finallyOfAddress(@Nullable String status) {
    return status == null || !NOT_THE_ADDRESS.matcher(status.strip()).matches();
  }

  /** For one that may pass: without a status that says so, nothing is held against an address. */
  static boolean forNowOfAddress(@Nullable String status) {
    return status != null && THE_MAILBOX.matcher(status.strip()).matches();
  }
}
