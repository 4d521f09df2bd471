package org.postroom.documents;

import org.postroom.db.Database;
import org.postroom.partners.PartnersForTests;

/** The real documents on a test's database. */
public final class DocumentsForTests {
  private DocumentsForTests() {}

  public static Documents on(Database database) {
    return new Documents(database, PartnersForTests.on(database));
  }
}
