package org.postroom.partners;

import org.postroom.db.Database;

/** The real partners on a test's database, for tests of modules that use them. */
public final class PartnersForTests {
  private PartnersForTests() {}

  public static Partners on(Database database) {
    return new Partners(
        database,
        new RecipientOrders(database, new org.postroom.access.Audit(database)),
        java.util.List.of(),
        java.util.List.of());
  }
}
