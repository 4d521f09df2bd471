package org.postroom.accounts;

import org.jspecify.annotations.Nullable;

/**
 * The account that sends, and why: "Chosen in the request", "Default account of the company".
 *
 * @param insteadOf the account that should have sent and cannot, where this is its fallback
 */
public record Chosen(Account account, String reason, @Nullable Account insteadOf) {
  public Chosen(Account account, String reason) {
    this(account, reason, null);
  }

  /** The account that was meant: who may send is decided by it, answers go to it. */
  public Account wanted() {
    return insteadOf == null ? account : insteadOf;
  }
}
