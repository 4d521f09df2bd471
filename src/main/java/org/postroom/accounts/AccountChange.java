package org.postroom.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account.Health.State;
import org.postroom.http.Problem;

/** What a draft makes of an account that exists, and what it may not. */
record AccountChange(AccountRows.WithSecret before, AccountDraft draft) {

  private Account account() {
    return before.account();
  }

  /** Refuses what would leave the company without a default. */
  void check() {
    if (draft.kind() != account().kind())
      throw Problem.invalid("/kind", "fixed", "An account keeps its kind. Make a new account.");
    boolean staysDefault = draft.isDefault() && draft.active() && draft.ofCompany();
    if (account().isDefault() && !staysDefault)
      throw Problem.conflict(
          "default_account",
          "“" + account().name() + "” is the default account. Make another one the default first.");
    requireFit(draft);
    requireSecret();
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
    if (!draft.active() || draft.secret() != null) return;
    if (before.secret() == null) {
      if (draft.needsSecret()) throw secretMissing(draft, "Enter the password.");
      return;
    }
    if (!keepsSecret()) return;
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

  static Problem secretMissing(AccountDraft draft, String message) {
    return Problem.invalid(draft.connection().secretPointer(), "required", message);
  }

  /** Whether the stored secret stays: nobody gave another, and it is still needed. */
  boolean keepsSecret() {
    return draft.active()
        && draft.secret() == null
        && before.secret() != null
        && (draft.needsSecret() || draft.connection().kind() != Account.Kind.SMTP);
  }

  boolean switchesOff() {
    return account().active() && !draft.active();
  }

  /** Whether what was wrong may be right now: switched on again, or signs in otherwise. */
  boolean mayRepair() {
    if (!draft.active() || account().health().state() == State.WORKING) return false;
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
        draft.active() && (draft.secret() != null || keepsSecret()),
        draft.limits(),
        health(old.health(), now),
        old.version() + 1,
        old.createdAt(),
        draft.fallback());
  }

  private Account.Health health(Account.Health old, Instant now) {
    if (switchesOff()) return state(State.SWITCHED_OFF, old, now, null);
    return mayRepair() ? state(State.WORKING, old, now, null) : old;
  }

  private static Account.Health state(
      State state, Account.Health old, Instant now, @Nullable String reason) {
    return new Account.Health(state, now, reason, null, old.lastSuccess(), old.lastFailure());
  }
}
