package org.postroom.notices;

import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Account.Health.State;
import org.postroom.outbox.Counts;

/** The words of one notice. */
record Notice(String subject, String text) {

  /**
   * @param reason what the account said when it stopped
   * @param link where it is put right
   */
  static Notice trouble(
      Account account, @Nullable String reason, String when, long waiting, String link) {
    boolean signIn = account.health().state() == State.NEEDS_SIGN_IN;
    String name = "“" + account.name() + "”";
    String waits =
        waiting == 0
            ? "No message waits for it so far."
            : (waiting == 1 ? "1 message waits" : Counts.words(waiting) + " messages wait")
                + " for it. Nothing is lost: what waits goes out by itself when it works again.";
    return new Notice(
        name + (signIn ? " can no longer sign in" : " may not send any more"),
        "The email account "
            + name
            + " ("
            + account.email().spec()
            + ") has not been able to send since "
            + when
            + ".\n\nWhat happened: "
            + (reason == null ? "no reason is known." : reason)
            + "\n\n"
            + waits
            + "\n\nPut it right: "
            + link
            + "\n\nYou get this once, because you administer Postroom. You hear again when it works.");
  }

  static Notice recovered(Account account, String when) {
    String name = "“" + account.name() + "”";
    return new Notice(
        name + " works again",
        "The email account "
            + name
            + " ("
            + account.email().spec()
            + ") has been sending again since "
            + when
            + ". What waited for it goes out by itself; there is nothing left to do.");
  }
}
