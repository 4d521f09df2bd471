package org.postroom.accounts;

import org.jspecify.annotations.Nullable;
import org.postroom.accounts.AccountRows.WithSecret;
import org.postroom.db.Sql;
import org.postroom.http.Problem;

/** Who sends instead of an account that cannot, where somebody named one. One step, no chains. */
final class Fallback {
  private Fallback() {}

  /** The account's fallback where the account cannot send and the fallback can. */
  static Chosen of(Sql sql, Chosen chosen) {
    Account wanted = chosen.account();
    if (wanted.usable() || wanted.fallback() == null) return chosen;
    return AccountRows.find(sql, wanted.company(), wanted.fallback())
        .map(WithSecret::account)
        .filter(account -> account.usable() && account.ofCompany())
        .map(account -> new Chosen(account, reason(chosen, account), wanted))
        .orElse(chosen);
  }

  private static String reason(Chosen chosen, Account account) {
    Account wanted = chosen.account();
    String trouble = wanted.active() ? "cannot send at the moment" : "is switched off";
    return "%s, “%s”, %s; “%s” is named as its fallback"
        .formatted(chosen.reason(), wanted.name(), trouble, account.name());
  }

  /** Refuses with 422 at {@code /fallback} what cannot stand in. */
  static void check(Sql sql, String company, @Nullable Account self, AccountDraft draft) {
    String id = draft.fallback();
    if (id == null || (self != null && id.equals(self.fallback()))) return;
    if (self != null && self.id().equals(id))
      throw wrong("conflict", "An account cannot be its own fallback.");
    Account fallback =
        AccountRows.find(sql, company, id)
            .map(WithSecret::account)
            .orElseThrow(() -> wrong("unknown_value", "There is no account “" + id + "”."));
    if (!fallback.ofCompany())
      throw wrong("conflict", "A person's own account cannot stand in for another.");
  }

  private static Problem wrong(String code, String message) {
    return Problem.invalid("/fallback", code, message);
  }
}
