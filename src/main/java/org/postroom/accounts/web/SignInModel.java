package org.postroom.accounts.web;

import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.accounts.SignIns;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the pages of an account show about signing in at its provider. */
@Component
class SignInModel {
  private final SignIns signIns;

  SignInModel(SignIns signIns) {
    this.signIns = signIns;
  }

  /** For the fields of a kind. */
  void fields(Account.Kind kind, Model model) {
    model.addAttribute("provider", ProviderWords.of(kind));
  }

  /** And how the account stands. */
  void account(Account account, Model model) {
    fields(account.kind(), model);
    signIns.state(account).ifPresent(state -> model.addAttribute("signIn", state));
    boolean app =
        account.connection() instanceof Connection.Microsoft microsoft
            && microsoft.flow() == Connection.Microsoft.Flow.APP;
    model.addAttribute("app", app);
  }
}
