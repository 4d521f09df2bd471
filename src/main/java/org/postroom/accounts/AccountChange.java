package org.postroom.accounts;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account.Health.State;
import org.postroom.http.Problem;

/**
 * What a draft makes of an account that exists, and what it may not.
 *
 * @param signedIn whether what its provider granted it still fits
 */
record AccountChange(AccountRows.WithSecret before, AccountDraft draft, boolean signedIn) {
  static final String NOBODY = "Nobody has signed in to this mailbox yet.";

  /** For trying: a grant that no longer fits shows when it is used. */
  AccountChange(AccountRows.WithSecret before, AccountDraft draft) {
    this(before, draft, true);
  }

  private Account account() {
    return before.account();
  }

  /** Refuses what would leave the company without a default. */
  void check() {
    requireKind();
    boolean staysDefault = draft.isDefault() && draft.active() && draft.ofCompany();
    if (account().isDefault() && !staysDefault)
      throw Problem.conflict(
          "default_account",
          "“" + account().name() + "” is the default account. Make another one the default first.");
    requireFit(draft);
    requireSecret();
  }

  /** Refuses what may not even be tried: nothing is saved, but a secret goes out. */
  void checkForTrying() {
    requireKind();
    requireSecret();
  }

  private void requireKind() {
    if (draft.kind() != account().kind())
      throw Problem.invalid("/kind", "fixed", "An account keeps its kind. Make a new account.");
  }

  /** What cannot be a default. */
  static void requireFit(AccountDraft draft) {
    if (!draft.isDefault()) return;
    if (!draft.active())
      throw Problem.invalid(
          "/default", "conflict", "An account that is switched off cannot be the default.");
    if (!draft.ofCompany())
      throw Problem.invalid(
          "/default", "conflict", "A person's own account cannot be the company's default.");
  }

  /** A secret goes only to the place it was given for, and as privately as it was. */
  private void requireSecret() {
    if (!draft.active() || draft.bringsSecret()) return;
    if (!keepsSecret()) {
      if (draft.needsSecret()) throw secretMissing(draft);
      return;
    }
    Connection old = account().connection();
    Connection now = draft.connection();
    if (!old.secretGoesTo().equals(now.secretGoesTo()))
      throw secretMissing(
          draft,
          "Enter the password again: the stored one was given for "
              + old.secretGoesTo()
              + " and is not sent to another server.");
    if (now.open() && !old.open())
      throw secretMissing(
          draft,
          "Enter the password again: the stored one was not meant for a connection without encryption.");
  }

  static Problem secretMissing(AccountDraft draft) {
    boolean app = draft.connection().kind() == Account.Kind.MICROSOFT;
    return secretMissing(draft, app ? "Enter the client secret." : "Enter the password.");
  }

  static Problem secretMissing(AccountDraft draft, String message) {
    return Problem.invalid(draft.connection().secretPointer(), "required", message);
  }

  /** Whether the stored secret stays: nobody gave another, and it is still needed. */
  boolean keepsSecret() {
    return draft.active()
        && draft.secret() == null
        && before.secret() != null
        && (draft.needsSecret() || clientId(draft.connection()) != null)
        && Objects.equals(clientId(account().connection()), clientId(draft.connection()));
  }

  /** A client secret belongs to one client; the installation's has its own. */
  private static @Nullable String clientId(Connection connection) {
    return switch (connection) {
      case Connection.Microsoft microsoft -> microsoft.clientId();
      case Connection.Google google -> google.clientId();
      default -> null;
    };
  }

  private boolean waitsForSignIn() {
    return draft.active() && draft.connection().needsSignIn() && !signedIn;
  }

  /** Whether it could send until now and somebody has to sign in again first. */
  boolean losesSignIn() {
    return waitsForSignIn() && account().usable();
  }

  /** Whether it sends otherwise than before, or again. */
  boolean connectsAnew() {
    return !account().active() || !account().connection().equals(draft.connection());
  }

  boolean switchesOff() {
    return account().active() && !draft.active();
  }

  /** Whether what was wrong may be right now: switched on again, or signs in otherwise. */
  boolean mayRepair() {
    if (!draft.active() || waitsForSignIn()) return false;
    if (account().health().state() == State.WORKING) return false;
    return !account().active()
        || draft.secret() != null
        || !account().connection().equals(draft.connection());
  }

  Account after(Instant now) {
    Account old = account();
    return new Account(
        old.company(),
        old.id(),
        old.kind(),
        draft.name(),
        draft.email(),
        draft.displayName(),
        draft.replyTo(),
        draft.owner(),
        draft.isDefault(),
        draft.active(),
        draft.connection(),
        draft.bringsSecret() || keepsSecret(),
        draft.limits(),
        health(old.health(), now),
        old.version() + 1,
        old.createdAt(),
        draft.fallback());
  }

  private Account.Health health(Account.Health old, Instant now) {
    if (switchesOff()) return state(State.SWITCHED_OFF, old, now, null);
    if (waitsForSignIn() && (account().usable() || !account().active()))
      return state(State.NEEDS_SIGN_IN, old, now, NOBODY);
    return mayRepair() ? state(State.WORKING, old, now, null) : old;
  }

  private static Account.Health state(
      State state, Account.Health old, Instant now, @Nullable String reason) {
    return new Account.Health(state, now, reason, null, old.lastSuccess(), old.lastFailure());
  }
}
