package org.postroom.partners;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.http.JsonFields.Text;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import tools.jackson.databind.JsonNode;

/**
 * A partner as the API speaks of it; the shape is published at {@code
 * /api/v1/schemas/partner.json}.
 */
public final class PartnerJson {
  private static final Map<String, Partner.Type> TYPES =
      Map.of("customer", Partner.Type.CUSTOMER, "vendor", Partner.Type.VENDOR);

  private PartnerJson() {}

  /** Reads a body; throws a 422 problem with everything that is wrong. */
  public static Partner read(String ref, @Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.ignore("version", "updated_at");
    String named = fields.text("ref", PartnerChecks.REF);
    if (named != null && !named.equals(ref))
      fields.error("/ref", "differs", "The ref in the body is not the one in the address.");
    Partner partner = partner(ref, fields);
    fields.errors(PartnerChecks.errors(partner));
    fields.check();
    return partner;
  }

  private static Partner partner(String ref, JsonFields fields) {
    Partner.Type type = fields.choice("type", TYPES);
    return new Partner(
        ref,
        type == null ? Partner.Type.CUSTOMER : type,
        fields.required("name", PartnerChecks.NAME),
        fields.text("language", 60),
        fields.text("currency", 10),
        fields.text("tax_id", 100),
        fields.text("phone", 100),
        emails(fields.object("emails")),
        place(fields.object("bill_to")),
        place(fields.object("ship_to")),
        fields.objects("contacts", PartnerChecks.CONTACTS).stream()
            .map(PartnerJson::contact)
            .toList(),
        fields.flag("use_contact_email", false),
        flags(fields.object("notifications")),
        fields.text("send_from", 60),
        ids(fields.object("layouts")),
        ids(fields.object("templates")),
        attributes(fields),
        0,
        Instant.EPOCH);
  }

  private static Partner.Emails emails(@Nullable JsonFields fields) {
    if (fields == null) return Partner.Emails.NONE;
    return new Partner.Emails(
        addresses(fields, "main"),
        addresses(fields, "cc"),
        addresses(fields, "billing"),
        addresses(fields, "shipment"));
  }

  /** Each address once. A text may hold several, as ERPs keep them: {@code a@x; b@y}. */
  static List<Address> addresses(JsonFields fields, String name) {
    Map<String, Address> byKey = new LinkedHashMap<>();
    for (Text text : fields.texts(name, PartnerChecks.ADDRESSES, 4000)) {
      for (String one : AddressList.split(text.value())) {
        fields
            .parse(new Text(text.pointer(), one), Address::parse)
            .ifPresent(address -> byKey.putIfAbsent(address.key(), address));
      }
    }
    return List.copyOf(byKey.values());
  }

  private static Partner.@Nullable Place place(@Nullable JsonFields fields) {
    if (fields == null) return null;
    return new Partner.Place(
        fields.text("name", PartnerChecks.NAME),
        fields.texts("address", PartnerChecks.LINES, PartnerChecks.LINE).stream()
            .map(Text::value)
            .toList(),
        fields.text("country", 10),
        addresses(fields, "emails"));
  }

  private static Partner.Contact contact(JsonFields fields) {
    return new Partner.Contact(
        fields.text("name", PartnerChecks.NAME),
        fields.parsed("email", 1000, Address::parse),
        fields.text("phone", 100),
        fields.texts("roles", 20, 60).stream().map(Text::value).toList());
  }

  private static Map<String, Boolean> flags(@Nullable JsonFields fields) {
    Map<String, Boolean> flags = new LinkedHashMap<>();
    if (fields == null) return flags;
    for (String name : fields.names()) {
      Boolean flag = fields.flag(name);
      if (flag != null) flags.put(name, flag);
    }
    return flags;
  }

  private static Map<String, String> ids(@Nullable JsonFields fields) {
    Map<String, String> ids = new LinkedHashMap<>();
    if (fields == null) return ids;
    for (String name : fields.names()) {
      String id = fields.text(name, 100);
      if (id != null) ids.put(name, id);
    }
    return ids;
  }

  private static Map<String, Object> attributes(JsonFields fields) {
    JsonNode value = fields.raw("attributes");
    if (value == null) return Map.of();
    if (value.isObject()) return PartnerStore.map(value);
    fields.error("/attributes", "wrong_type", "“attributes” must be an object.");
    return Map.of();
  }

  /** The reply; what it says can be sent back as it is. */
  public static Map<String, @Nullable Object> write(Partner partner) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("ref", partner.ref());
    json.put("type", partner.type().word());
    json.put("name", partner.name());
    json.put("language", partner.language());
    json.put("currency", partner.currency());
    json.put("tax_id", partner.taxId());
    json.put("phone", partner.phone());
    Partner.Emails emails = partner.emails();
    Map<String, Object> byRole = new LinkedHashMap<>();
    byRole.put("main", texts(emails.main()));
    byRole.put("cc", texts(emails.cc()));
    byRole.put("billing", texts(emails.billing()));
    byRole.put("shipment", texts(emails.shipment()));
    json.put("emails", byRole);
    json.put("bill_to", place(partner.billTo()));
    json.put("ship_to", place(partner.shipTo()));
    json.put("contacts", partner.contacts().stream().map(PartnerJson::contact).toList());
    json.put("use_contact_email", partner.useContactEmail());
    json.put("notifications", partner.notifications());
    json.put("send_from", partner.sendFrom());
    json.put("layouts", partner.layouts());
    json.put("templates", partner.templates());
    json.put("attributes", partner.attributes());
    json.put("version", partner.version());
    json.put("updated_at", partner.updatedAt().toString());
    return json;
  }

  private static @Nullable Object place(Partner.@Nullable Place place) {
    if (place == null) return null;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", place.name());
    json.put("address", place.address());
    json.put("country", place.country());
    json.put("emails", texts(place.emails()));
    return json;
  }

  private static Map<String, @Nullable Object> contact(Partner.Contact contact) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", contact.name());
    json.put("email", contact.email() == null ? null : text(contact.email()));
    json.put("phone", contact.phone());
    json.put("roles", contact.roles());
    return json;
  }

  private static List<String> texts(List<Address> addresses) {
    return addresses.stream().map(PartnerJson::text).toList();
  }

  /** Reads back as the same address: a name stands in quotation marks. */
  private static String text(Address address) {
    String name = address.name();
    if (name == null) return address.spec();
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address.spec() + ">";
  }
}
