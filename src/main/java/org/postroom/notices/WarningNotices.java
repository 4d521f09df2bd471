package org.postroom.notices;

import java.time.Instant;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountWarning;
import org.postroom.accounts.AccountWarnings;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.springframework.stereotype.Service;

/** Tells administrators by mail what will end for an account, once for each ending. */
@Service
public class WarningNotices {
  private final Access access;
  private final Accounts accounts;
  private final AccountWarnings warnings;
  private final NoticeMail mail;
  private final Database database;

  WarningNotices(
      Access access,
      Accounts accounts,
      AccountWarnings warnings,
      NoticeMail mail,
      Database database) {
    this.access = access;
    this.accounts = accounts;
    this.warnings = warnings;
    this.mail = mail;
    this.database = database;
  }

  /** Tells whatever was not told yet, in any company. */
  public void tell() {
    tell(database.now());
  }

  /** The same as of that moment. */
  void tell(Instant now) {
    for (Company company : access.companies())
      for (Account account : accounts.list(company.id(), false))
        for (AccountWarning warning : warnings.of(account, now))
          if (warning.urgent()) tell(account, warning, now);
  }

  private void tell(Account account, AccountWarning warning, Instant now) {
    if (database.read(sql -> WarningRows.isTold(sql, account, warning.id()))) return;
    var notice =
        new Notice(
            "“" + account.name() + "”: " + warning.headline(),
            "This is about the email account “%s” (%s).\n\n%s\n\nLook at it: %s\n\nYou get this once, because you administer Postroom."
                .formatted(
                    account.name(),
                    account.email().spec(),
                    warning.text(),
                    mail.link("/accounts/" + account.id())));
    mail.send(
        account.company(),
        "",
        notice,
        account.id(),
        id -> database.write(sql -> WarningRows.told(sql, account, warning.id(), id, now)));
  }
}
