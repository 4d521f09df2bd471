package org.postroom.accounts;

import org.jspecify.annotations.Nullable;

/**
 * The account that sends, and why: "Chosen in the request", "Default account of the company".
 *
 * @param insteadOf the account it stands in for; null where it is the one chosen
 */
public record Chosen(Account account, String reason, @Nullable Account insteadOf) {
  public Chosen(Account account, String reason) {
    this(account, reason, null);
  }
}
