package org.postroom.outbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What accounts may send. Known by whoever knows accounts; the outbox knows only their ids. */
public interface Allowances {
  /** Empty where the account is gone or cannot send until somebody does something. */
  Optional<Terms> of(AccountKey account);

  /**
   * @param pausedUntil nothing is tried before then
   */
  record Terms(Allowance allowance, @Nullable Instant pausedUntil) {}
}
