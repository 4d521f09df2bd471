package org.postroom.accounts;

import java.util.function.Supplier;
import org.postroom.transport.Login;

/** An account as it would be if it were saved: for trying it before. */
public record Prospect(Account account, AccountDraft draft, Supplier<Login> signIn) {

  /**
   * How to sign in. Opens secrets, and may ask the provider for a token: takes as long as that.
   *
   * @throws AccountUnusable where something to sign in with is missing
   */
  public Login login() {
    return signIn.get();
  }

  @Override
  public String toString() {
    return "Prospect[" + account.kind() + " " + account.name() + "]";
  }
}
