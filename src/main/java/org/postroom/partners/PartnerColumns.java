package org.postroom.partners;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;

/** The columns of a table of partners, and what one partner has in each. */
final class PartnerColumns {
  static final int CONTACTS = 5;

  /** Own fields stand in columns of this start and their name. */
  static final String ATTRIBUTE = "attribute ";

  private static final Map<String, List<String>> NAMES = names();

  private PartnerColumns() {}

  /** Each column and the other names it goes by. */
  static Map<String, List<String>> all() {
    return NAMES;
  }

  private static Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    names.put(
        "ref",
        List.of(
            "key",
            "number",
            "id",
            "code",
            "customer number",
            "customer no",
            "vendor number",
            "vendor no",
            "account number",
            "partner"));
    names.put("type", List.of("kind", "customer or vendor"));
    names.put(
        "name",
        List.of("company", "company name", "customer name", "vendor name", "customer", "vendor"));
    names.put("language", List.of("lang", "locale"));
    names.put("currency", List.of("currency code"));
    names.put("tax_id", List.of("vat", "vat id", "vat number", "tax number"));
    names.put("phone", List.of("telephone", "phone number", "tel"));
    names.put(
        "main", List.of("email", "e-mail", "mail", "email address", "main email", "emails main"));
    names.put(
        "billing",
        List.of("billing email", "invoice email", "accounts payable email", "emails billing"));
    names.put("shipment", List.of("shipment email", "shipping email", "emails shipment"));
    names.put("cc", List.of("copies", "cc email", "emails cc"));
    for (String place : List.of("bill_to", "ship_to")) {
      String words = place.equals("bill_to") ? "billing" : "shipping";
      names.put(place + "_name", List.of());
      names.put(place + "_address", List.of(words + " address"));
      names.put(place + "_country", List.of(words + " country"));
      names.put(place + "_email", List.of(place + "_emails"));
    }
    names.put("use_contact_email", List.of("contact first"));
    names.put("send_from", List.of("account"));
    names.put("no_mail", List.of("notifications off", "switched off"));
    for (int i = 1; i <= CONTACTS; i++)
      for (String part : List.of("name", "email", "phone", "roles"))
        names.put("contact_" + i + "_" + part, i == 1 ? List.of("contact " + part) : List.of());
    return names;
  }

  /**
   * What stands in the file for this partner, by column; attributes that are no texts are left out.
   */
  static Map<String, String> cells(Partner partner) {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("ref", partner.ref());
    cells.put("type", partner.type().word());
    cells.put("name", partner.name());
    put(cells, "language", partner.language());
    put(cells, "currency", partner.currency());
    put(cells, "tax_id", partner.taxId());
    put(cells, "phone", partner.phone());
    cells.put("main", addresses(partner.emails().main()));
    cells.put("billing", addresses(partner.emails().billing()));
    cells.put("shipment", addresses(partner.emails().shipment()));
    cells.put("cc", addresses(partner.emails().cc()));
    place(cells, "bill_to", partner.billTo());
    place(cells, "ship_to", partner.shipTo());
    cells.put("use_contact_email", partner.useContactEmail() ? "yes" : "no");
    put(cells, "send_from", partner.sendFrom());
    cells.put("no_mail", off(partner));
    for (int i = 0; i < Math.min(CONTACTS, partner.contacts().size()); i++)
      contact(cells, "contact_" + (i + 1) + "_", partner.contacts().get(i));
    attributes(partner).forEach((name, value) -> cells.put(ATTRIBUTE + name, value));
    return cells;
  }

  /** The attributes a table can hold. */
  static Map<String, String> attributes(Partner partner) {
    Map<String, String> texts = new LinkedHashMap<>();
    partner
        .attributes()
        .forEach((name, value) -> {
          if (value instanceof String || value instanceof Number || value instanceof Boolean)
            texts.put(name, value.toString());
        });
    return texts;
  }

  private static String off(Partner partner) {
    return Arrays.stream(Purpose.values())
        .filter(purpose -> !partner.wants(purpose))
        .map(Purpose::word)
        .collect(Collectors.joining(", "));
  }

  private static void place(
      Map<String, String> cells, String start, Partner.@Nullable Place place) {
    if (place == null) return;
    put(cells, start + "_name", place.name());
    cells.put(start + "_address", String.join("\n", place.address()));
    put(cells, start + "_country", place.country());
    cells.put(start + "_email", addresses(place.emails()));
  }

  private static void contact(Map<String, String> cells, String start, Partner.Contact contact) {
    put(cells, start + "name", contact.name());
    Address email = contact.email();
    put(cells, start + "email", email == null ? null : addresses(List.of(email)));
    put(cells, start + "phone", contact.phone());
    cells.put(start + "roles", String.join(", ", contact.roles()));
  }

  private static String addresses(List<Address> addresses) {
    return AddressList.lines(addresses).replace("\n", "; ");
  }

  private static void put(Map<String, String> cells, String name, @Nullable String value) {
    cells.put(name, value == null ? "" : value);
  }

  /** "yes" in the words people write; null where it is none of them. */
  static @Nullable Boolean flag(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (Stream.of("yes", "y", "true", "1", "on", "x").anyMatch(word::equals)) return true;
    return Stream.of("no", "n", "false", "0", "off", "").anyMatch(word::equals) ? false : null;
  }

  /** Several words in one cell. */
  static List<String> words(String cell) {
    return new ArrayList<>(
        Arrays.stream(cell.split("[,;|\n]")).map(String::strip).filter(w -> !w.isEmpty()).toList());
  }
}
