package org.postroom.accounts;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider granted an account, as it lies in the database: tokens sealed.
 *
 * @param renewAt when the access token should be renewed; it works until {@code accessEnds}
 * @param refreshToken null where nobody has signed in, and for programs that sign in themselves
 * @param quietUntil until when the provider is left alone, because it could not answer
 * @param leaseEnds when the node that renews has lost its turn
 * @param version grows with each answer that is kept
 */
record Grant(
    @Nullable String accessToken,
    @Nullable Instant accessEnds,
    @Nullable Instant renewAt,
    @Nullable String refreshToken,
    Set<String> scopes,
    @Nullable String signedInAs,
    @Nullable Instant since,
    @Nullable Instant lastUsed,
    @Nullable Instant lastRenewed,
    @Nullable Approval approval,
    @Nullable Instant quietUntil,
    @Nullable String quietReason,
    @Nullable Instant leaseEnds,
    long version) {

  /** Whether an administrator of the organisation was asked to approve the program. */
  enum Approval {
    WAITING,
    GIVEN
  }

  static final Grant NONE =
      new Grant(
          null, null, null, null, Set.of(), null, null, null, null, null, null, null, null, 0);

  /** Whether somebody, or the program itself, has signed in. */
  boolean connected() {
    return since != null && (refreshToken != null || accessToken != null);
  }

  boolean works(Instant now) {
    return accessToken != null && accessEnds != null && now.isBefore(accessEnds);
  }

  boolean fresh(Instant now) {
    return works(now) && renewAt != null && now.isBefore(renewAt);
  }

  boolean quiet(Instant now) {
    return quietUntil != null && now.isBefore(quietUntil);
  }

  boolean leased(Instant now) {
    return leaseEnds != null && now.isBefore(leaseEnds);
  }

  @Override
  public String toString() {
    return "Grant[" + signedInAs + " " + scopes + " version " + version + "]";
  }
}
