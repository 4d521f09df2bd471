package org.postroom.accounts;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.findings.Finding;

/**
 * Nobody can sign in with this account now: it is gone, switched off, its secret cannot be opened,
 * or its provider wants somebody to act. The message is a sentence for people.
 */
public final class AccountUnusable extends RuntimeException {
  private final transient @Nullable Finding finding;
  private final @Nullable Duration passesIn;

  AccountUnusable(String message) {
    this(message, null, null);
  }

  private AccountUnusable(String message, @Nullable Finding finding, @Nullable Duration passesIn) {
    super(message, null, false, false);
    this.finding = finding;
    this.passesIn = passesIn;
  }

  /** The provider refused to sign us in, for the reason found. */
  static AccountUnusable refused(Finding finding) {
    return new AccountUnusable(finding.what(), finding, null);
  }

  /** The provider cannot sign us in right now; nobody has to do anything. */
  static AccountUnusable passing(String message, Duration passesIn) {
    return new AccountUnusable(message, null, passesIn);
  }

  /** How long to leave the account alone where it passes by itself; empty: somebody must act. */
  public Optional<Duration> passesIn() {
    return Optional.ofNullable(passesIn);
  }

  /** What the provider's refusal means, where it was the provider that refused. */
  public Optional<Finding> finding() {
    return Optional.ofNullable(finding);
  }
}
