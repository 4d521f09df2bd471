package org.postroom.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where addresses may come from. What the document says counts before what the partner says. */
public enum RecipientSource {
  /** {@link #CONTACT}, where "use contact email" is on for the partner. */
  CONTACT_IF_ON("contact"),
  /**
   * The document's contact; else those of the partner's contacts that have the purpose's word as a
   * role; else the partner's first contact with an address.
   */
  CONTACT("contact"),
  /** The document's contact, never the partner's: who raised the purchase order. */
  DOCUMENT_CONTACT("contact"),
  BILL_TO("bill-to address"),
  SHIP_TO("ship-to address"),
  /** Who wants to hear of this shipment, as the document says. */
  SHIPMENT_NOTIFICATION("shipment notification address"),
  /** Who wants to hear of shipments, as the partner says. */
  SHIPMENT_UPDATE("shipment update address"),
  BILLING("billing address"),
  MAIN("main address"),
  PARTNER_CC("CC address"),
  TEMPLATE_CC("CC address");

  /** By their words in JSON. */
  public static final Map<String, RecipientSource> BY_WORD =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(RecipientSource::word, Function.identity()));

  private final String label;

  RecipientSource(String label) {
    this.label = label;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For sentences: "bill-to address". */
  public String label() {
    return label;
  }
}
