package org.postroom.access;

import org.postroom.db.Sql;

/**
 * Who belongs to a company, for rows that name a person: within the transaction that writes them.
 */
public final class Members {
  private Members() {}

  /** Whether that person works in that company. */
  public static boolean has(Sql sql, String company, String person) {
    return PersonRows.memberships(sql, person).stream()
        .anyMatch(member -> member.company().equals(company));
  }
}
