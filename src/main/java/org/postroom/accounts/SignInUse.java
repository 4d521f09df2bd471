package org.postroom.accounts;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows when somebody signed an account in at its provider, and when that was used last. */
@FunctionalInterface
public interface SignInUse {
  Optional<Used> of(Account account);

  /** Nulls where it is not known. */
  record Used(@Nullable Instant signedIn, @Nullable Instant lastUsed) {}
}
