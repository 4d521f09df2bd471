package org.postroom.diagnosis;

import java.util.List;
import org.postroom.accounts.Account;

/**
 * Looks at the DNS records of the domain an account sends from, at the end of a check that passed.
 * As long as no bean implements it, the line is not there.
 */
public interface DomainRecords {

  /**
   * What could be better, as advice of the stage {@code domain}; empty where all is well. Takes a
   * few seconds at most and throws nothing.
   */
  List<Advice> advise(Account account);
}
