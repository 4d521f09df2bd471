package org.postroom.accounts;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When somebody signed in and when that was used, by what is kept of it. */
@Component
class KeptSignIns implements SignInUse {
  private final Grants grants;

  KeptSignIns(Grants grants) {
    this.grants = grants;
  }

  /** Signing in is a use, too. */
  @Override
  public Optional<Used> of(Account account) {
    if (!account.connection().needsSignIn()) return Optional.empty();
    Grant grant = grants.find(account);
    if (!grant.connected()) return Optional.of(new Used(null, null));
    return Optional.of(new Used(grant.since(), later(grant.since(), grant.lastUsed())));
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) return one == null ? other : one;
    return one.isAfter(other) ? one : other;
  }
}
