package org.postroom.diagnosis;

import org.postroom.accounts.Account;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.Accounts;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;

/** What a check of a saved account changes about it. */
record Consequences(Accounts accounts) {

  void of(Account account, Check check) {
    if (!account.active()) return;
    Finding finding = check.finding();
    if (finding == null) passed(account);
    else failed(account, check, finding);
  }

  private void passed(Account account) {
    accounts.repaired(account.company(), account.id());
    accounts.working(account.company(), account.id());
  }

  /**
   * Stops the account where delivery would be stopped as well: at the sign-in and the permission to
   * send. Servers that cannot be reached and addresses that are refused are no reason.
   */
  private void failed(Account account, Check check, Finding finding) {
    String line = failedLine(check);
    boolean signIn =
        line.equals("authenticate") || line.equals("consent") || line.equals("mailbox");
    boolean lasting = signIn || line.equals("tls") || line.equals("sender");
    boolean unknown = finding.id().startsWith("?");
    boolean somebody =
        unknown || finding.action() == Action.CFG || finding.action() == Action.RECON;
    if (!lasting || !(somebody || finding.action() == Action.ADM)) return;
    State state = signIn && somebody ? State.NEEDS_SIGN_IN : State.NEEDS_ADMINISTRATOR;
    accounts.needsAttention(account.company(), account.id(), state, finding.what(), finding.id());
  }

  private static String failedLine(Check check) {
    return check.stages().stream()
        .filter(stage -> stage.result() == CheckStage.Result.FAILED)
        .map(CheckStage::name)
        .findFirst()
        .orElse("");
  }
}
