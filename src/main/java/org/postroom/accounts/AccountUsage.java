package org.postroom.accounts;

/** How much of its limits an account has used. Known by whoever counts messages. */
@FunctionalInterface
public interface AccountUsage {
  Used of(String company, String accountId);

  /**
   * Messages, including those under way.
   *
   * @param lastMinute tries in the last 60 seconds
   * @param lastDay handed over in the last 24 hours
   */
  record Used(long lastMinute, long lastDay) {}
}
