package org.postroom.accounts;

import org.postroom.access.Caller;
import org.postroom.access.Members;
import org.postroom.access.Right;
import org.postroom.db.Sql;
import org.postroom.http.Problem;

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

  /** Refuses with 403 who can have no account of their own and manages none. */
  static void requireConnecting(Caller caller) {
    if (!mayOwn(caller, caller.id())) caller.require(Right.MANAGE_ACCOUNTS);
  }

  /** Refuses with 403 what the caller may not make of an account. */
  static void requireDraft(Caller caller, AccountDraft draft) {
    if (!mayOwn(caller, draft.owner())) caller.require(Right.MANAGE_ACCOUNTS);
  }

  static void requireChange(Caller caller, Account account) {
    if (!mayChange(caller, account)) caller.require(Right.MANAGE_ACCOUNTS);
  }

  /** Refuses with 422 an owner who is nobody of this company. */
  static void requireOwner(Sql sql, Caller caller, String owner) {
    if (owner.equals(Account.COMPANY) || owns(caller, owner)) return;
    if (!Members.has(sql, caller.company(), owner))
      throw Problem.invalid(
          "/owner",
          "not_found",
          "The owner is “company” or the id of a person of this company; “"
              + owner
              + "” is neither.");
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
