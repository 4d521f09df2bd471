package org.postroom.accounts;

import org.postroom.access.FirstCompany;
import org.postroom.mail.Address;
import org.springframework.stereotype.Component;

/**
 * A new company starts with a mailbox of its own, so that it can try everything before anything
 * leaves.
 */
@Component
class StartingAccount implements FirstCompany {
  private final Accounts accounts;

  StartingAccount(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public void created(String company, String adminEmail) {
    accounts.createLocal(company, Address.of(adminEmail));
  }
}
