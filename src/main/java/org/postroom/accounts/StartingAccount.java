package org.postroom.accounts;

import org.postroom.access.Access;
import org.postroom.access.FirstCompany;
import org.postroom.mail.Address;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * A new company starts with a mailbox of its own, so that it can try everything before anything
 * leaves.
 */
@Component
class StartingAccount implements FirstCompany {
  private final Accounts accounts;
  private final ObjectProvider<Access> access;

  /** Access tells us of new companies, so it can only be asked for later. */
  StartingAccount(Accounts accounts, ObjectProvider<Access> access) {
    this.accounts = accounts;
    this.access = access;
  }

  @Override
  public void created(String company, String adminEmail) {
    String name = access.getObject().company(company).name();
    accounts.createLocal(company, new Address(name, Address.of(adminEmail).spec()));
  }
}
