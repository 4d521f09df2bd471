package org.postroom.accounts;

import org.postroom.access.Caller;
import org.postroom.access.Right;

/** Who may see and change an account: those who manage accounts, and a person their own. */
final class Ownership {
  private Ownership() {}

  /** The company's accounts are known to everybody in it; a person's own to few. */
  static boolean sees(Caller caller, Account account) {
    return account.ofCompany() || owns(caller, account.owner()) || manages(caller);
  }

  static boolean mayChange(Caller caller, Account account) {
    return manages(caller) || mayOwn(caller, account.owner());
  }

  /** Refuses with 403 what the caller may not make of an account. */
  static void requireDraft(Caller caller, AccountDraft draft) {
    if (!mayOwn(caller, draft.owner())) caller.require(Right.MANAGE_ACCOUNTS);
  }

  static void requireChange(Caller caller, Account account) {
    if (!mayChange(caller, account)) caller.require(Right.MANAGE_ACCOUNTS);
  }

  private static boolean manages(Caller caller) {
    return caller.may(Right.MANAGE_ACCOUNTS);
  }

  private static boolean mayOwn(Caller caller, String owner) {
    return owns(caller, owner) && caller.may(Right.SEND);
  }

  private static boolean owns(Caller caller, String owner) {
    return caller.kind() == Caller.Kind.PERSON && owner.equals(caller.id());
  }
}
