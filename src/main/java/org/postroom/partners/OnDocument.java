package org.postroom.partners;

import java.util.List;
import org.postroom.mail.Address;

/** The addresses a document carries itself; they count before the partner's own. */
public record OnDocument(
    List<Address> contact, List<Address> billTo, List<Address> shipTo, List<Address> shipment) {
  public static final OnDocument NOTHING =
      new OnDocument(List.of(), List.of(), List.of(), List.of());

  public OnDocument {
    contact = List.copyOf(contact);
    billTo = List.copyOf(billTo);
    shipTo = List.copyOf(shipTo);
    shipment = List.copyOf(shipment);
  }
}
