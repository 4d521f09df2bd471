package org.postroom.documents;

import org.postroom.db.Database;
import org.postroom.partners.PartnersForTests;

/** The real documents on a test's database. */
public final class DocumentsForTests {
  private DocumentsForTests() {}

  public static Documents on(Database database) {
    return new Documents(database, PartnersForTests.on(database));
  }

  /** The same document with other own fields. */
  public static Document withFields(Document d, java.util.Map<String, Object> fields) {
    return new Document(
        d.kind(),
        d.number(),
        d.partner(),
        d.issueDate(),
        d.dueDate(),
        d.deliveryDate(),
        d.currency(),
        d.language(),
        d.seller(),
        d.buyer(),
        d.billTo(),
        d.shipTo(),
        d.contact(),
        d.shipmentEmails(),
        d.lines(),
        d.adjustments(),
        d.taxes(),
        d.totals(),
        d.payment(),
        d.references(),
        d.notes(),
        fields,
        d.ledger(),
        d.warnings());
  }
}
