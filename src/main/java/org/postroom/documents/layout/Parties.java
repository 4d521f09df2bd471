package org.postroom.documents.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Party;
import org.postroom.documents.DocumentKind;

/**
 * Who writes to whom: on papers to a vendor the other party stands as the seller, and what travels
 * with the goods goes where the goods go.
 *
 * @param other a second address worth printing
 * @param otherWord key of what it is
 */
record Parties(Party sender, @Nullable Party addressee, @Nullable Party other, String otherWord) {
  private static final String DELIVER_TO = "deliver_to";

  /** Where the goods go, if that is not where the letter goes. */
  @Nullable Party deliverTo() {
    return otherWord.equals(DELIVER_TO) ? other : null;
  }

  static Parties of(Document document, Company company) {
    Party us =
        new Party(
            company.name(),
            company.address(),
            company.country(),
            company.email(),
            company.phone(),
            company.taxId(),
            List.of());
    return document.kind().toVendor() ? toVendor(document, us) : toCustomer(document, us);
  }

  private static Parties toCustomer(Document document, Party us) {
    Party seller = document.seller();
    Party sender = seller != null && seller.name() != null ? seller : us;
    Party addressee = document.addressee();
    Party shipTo = aboutGoods(document.kind()) ? otherThan(addressee, document) : null;
    boolean travels =
        document.kind() == DocumentKind.PACKING_SLIP || document.kind() == DocumentKind.SHIPMENT;
    return travels && shipTo != null && shipTo.name() != null
        ? new Parties(sender, shipTo, addressee, "ordered_by")
        : new Parties(sender, addressee, shipTo, DELIVER_TO);
  }

  /** Papers about money alone have no place to deliver to. */
  private static boolean aboutGoods(DocumentKind kind) {
    return switch (kind) {
      case STATEMENT, REMINDER, RECEIPT -> false;
      default -> true;
    };
  }

  private static Parties toVendor(Document document, Party us) {
    Party vendor = document.seller();
    if (vendor == null || vendor.name() == null) vendor = document.addressee();
    return new Parties(us, vendor, otherThan(vendor, document), DELIVER_TO);
  }

  /** Where the goods go, if that is not where the letter goes. */
  private static @Nullable Party otherThan(@Nullable Party addressee, Document document) {
    Party shipTo = document.shipTo();
    if (shipTo == null || (shipTo.name() == null && shipTo.address().isEmpty())) return null;
    boolean same =
        addressee != null
            && shipTo.address().equals(addressee.address())
            && (shipTo.name() == null || shipTo.name().equals(addressee.name()));
    return same ? null : shipTo;
  }
}
