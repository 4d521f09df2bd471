package org.postroom.diagnosis;

import java.time.Duration;
import java.util.List;
import org.postroom.accounts.Account;

/**
 * Looks at the DNS records of the domain an account sends from, at the end of a check that passed.
 * The line is not there where nobody looks.
 */
public interface DomainRecords {

  /**
   * What could be better, as advice of the stage {@code domain}; empty where all is well. Throws
   * nothing.
   *
   * @param within it is told by then what is known by then
   */
  List<Advice> advise(Account account, Duration within);
}
