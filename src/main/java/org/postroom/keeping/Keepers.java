package org.postroom.keeping;

import java.util.List;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.springframework.stereotype.Component;

/** Who may do what concerns the whole installation, not one company of it. */
@Component
class Keepers {
  private final Access access;

  Keepers(Access access) {
    this.access = access;
  }

  /**
   * 403 without the right in the own company; 409 where others have companies here too: a backup
   * holds the mail of all.
   */
  void require(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    List<Company> others =
        access.companies().stream()
            .filter(company -> !company.id().equals(caller.company()))
            .filter(company -> !manages(caller, company.id()))
            .toList();
    if (!others.isEmpty())
      throw Problem.conflict(
          "several_companies",
          "This installation serves further companies that you do not manage, and a backup holds the mail of all. Whoever runs the server makes it: bin/postroom backup.");
  }

  /** Whether {@link #require} would let the caller through. */
  boolean allows(Caller caller) {
    try {
      require(caller);
      return true;
    } catch (Problem refused) {
      return false;
    }
  }

  private boolean manages(Caller caller, String company) {
    return caller.kind() == Caller.Kind.PERSON
        && access
            .caller(caller.id(), company)
            .filter(there -> there.may(Right.MANAGE_PEOPLE))
            .isPresent();
  }
}
