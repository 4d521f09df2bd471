package org.postroom.accounts;

import org.postroom.db.Database;
import org.postroom.mail.Address;

/**
 * The mailbox a new company starts with, where nothing but a database is at hand: the command line
 * makes companies too.
 */
public final class StartingMailbox {
  private StartingMailbox() {}

  /** Makes it, unless the company has a default account already; in the caller's transaction. */
  public static void make(Database database, String company, Address email) {
    database.run(sql -> {
      AccountRows.lock(sql, company);
      if (AccountRows.defaultOf(sql, company).isPresent()) return;
      AccountRows.insert(sql, Accounts.made(sql, company, Accounts.local(email, true)), null);
    });
  }
}
