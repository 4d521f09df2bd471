package org.postroom.documents.einvoice;

import org.postroom.documents.einvoice.Einvoice.Trader;

/** A {@code ram:…TradeParty}. */
final class TradeParty {
  private static final String[] LINES = {"ram:LineOne", "ram:LineTwo", "ram:LineThree"};

  private TradeParty() {}

  static void write(XmlOut xml, String element, Trader trader) {
    xml.in(
        element,
        () -> {
          xml.text("ram:ID", trader.id());
          xml.text("ram:Name", trader.name());
          if (trader.registration() != null)
            xml.in(
                "ram:SpecifiedLegalOrganization", () -> xml.text("ram:ID", trader.registration()));
          contact(xml, trader);
          address(xml, trader);
          if (trader.email() != null)
            xml.in(
                "ram:URIUniversalCommunication",
                () -> xml.text("ram:URIID", trader.email(), "schemeID", "EM"));
          registration(xml, trader.taxNumber(), "FC");
          registration(xml, trader.vatId(), "VA");
        });
  }

  /** Where goods go: name and address alone. */
  static void writePlace(XmlOut xml, String element, Trader trader) {
    xml.in(
        element,
        () -> {
          xml.text("ram:Name", trader.name());
          address(xml, trader);
        });
  }

  private static void contact(XmlOut xml, Trader trader) {
    if (trader.contact() == null && trader.phone() == null && trader.email() == null) return;
    xml.in(
        "ram:DefinedTradeContact",
        () -> {
          xml.text("ram:PersonName", trader.contact());
          if (trader.phone() != null)
            xml.in(
                "ram:TelephoneUniversalCommunication",
                () -> xml.text("ram:CompleteNumber", trader.phone()));
          if (trader.email() != null)
            xml.in(
                "ram:EmailURIUniversalCommunication", () -> xml.text("ram:URIID", trader.email()));
        });
  }

  private static void address(XmlOut xml, Trader trader) {
    xml.in(
        "ram:PostalTradeAddress",
        () -> {
          xml.text("ram:PostcodeCode", trader.postcode());
          for (int i = 0; i < trader.street().size(); i++)
            xml.text(LINES[i], trader.street().get(i));
          xml.text("ram:CityName", trader.city());
          xml.text("ram:CountryID", trader.country());
        });
  }

  private static void registration(
      XmlOut xml, @org.jspecify.annotations.Nullable String id, String scheme) {
    if (id == null) return;
    xml.in("ram:SpecifiedTaxRegistration", () -> xml.text("ram:ID", id, "schemeID", scheme));
  }
}
