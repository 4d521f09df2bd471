package org.postroom.partners;

import java.util.Optional;
import org.postroom.db.Database;
import org.springframework.stereotype.Service;

/** Customers and vendors of a company. */
@Service
public class Partners {
  private final Database database;

  Partners(Database database) {
    this.database = database;
  }

  public Optional<Partner> find(String company, String ref) {
    return database.read(sql -> Optional.empty());
  }

  /**
   * Brings in a party that came with a document, unless a partner of that ref exists. Joins the
   * caller's transaction.
   *
   * @return whether it was new
   */
  public boolean adopt(String company, Partner newcomer) {
    return database.write(sql -> false);
  }
}
