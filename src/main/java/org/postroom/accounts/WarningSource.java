package org.postroom.accounts;

import java.time.Instant;
import java.util.List;

/** Knows something that an account's people should hear of in time. */
@FunctionalInterface
public interface WarningSource {
  List<AccountWarning> of(Account account, Instant now);
}
