package org.postroom.console.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerJson;
import org.postroom.partners.Purpose;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A partner as the page's fields hold it. Fields are called as in the API's body, so that what is
 * wrong is told beside them: {@code emails/main}, {@code contacts/0/email}.
 *
 * @param wanted words of the kinds of mail the partner wants
 * @param contacts how many rows there are
 */
record PartnerForm(Map<String, String> values, List<String> wanted, int contacts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CONTACTS = 200;
  private static final List<String> PLACES = List.of("bill_to", "ship_to");

  static final PartnerForm EMPTY =
      new PartnerForm(
          Map.of("type", "customer"),
          Arrays.stream(Purpose.values()).map(Purpose::word).toList(),
          1);

  static PartnerForm of(Partner partner) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("ref", partner.ref());
    values.put("type", partner.type().word());
    values.put("name", partner.name());
    put(values, "language", partner.language());
    put(values, "currency", partner.currency());
    put(values, "tax_id", partner.taxId());
    put(values, "phone", partner.phone());
    put(values, "send_from", partner.sendFrom());
    Partner.Emails emails = partner.emails();
    values.put("emails/main", AddressList.lines(emails.main()));
    values.put("emails/cc", AddressList.lines(emails.cc()));
    values.put("emails/billing", AddressList.lines(emails.billing()));
    values.put("emails/shipment", AddressList.lines(emails.shipment()));
    place(values, "bill_to", partner.billTo());
    place(values, "ship_to", partner.shipTo());
    if (partner.useContactEmail()) values.put("use_contact_email", "yes");
    for (int i = 0; i < partner.contacts().size(); i++)
      contact(values, "contacts/" + i + "/", partner.contacts().get(i));
    partner.layouts().forEach((kind, id) -> values.put("layouts/" + kind, id));
    partner.templates().forEach((kind, id) -> values.put("templates/" + kind, id));
    values.put("attributes", attributes(partner.attributes()));
    values.put("version", "" + partner.version());
    List<String> wanted =
        Arrays.stream(Purpose.values()).filter(partner::wants).map(Purpose::word).toList();
    return new PartnerForm(values, wanted, partner.contacts().size() + 1);
  }

  /** As posted, with one row more where that was asked for. */
  static PartnerForm of(MultiValueMap<String, String> posted) {
    Map<String, String> values = new LinkedHashMap<>();
    posted.toSingleValueMap().forEach((name, value) -> values.put(name, value.strip()));
    int contacts = 0;
    while (contacts < MOST_CONTACTS && values.containsKey("contacts/" + contacts + "/name"))
      contacts++;
    boolean more = "contact".equals(values.get("do"));
    return new PartnerForm(
        values, posted.getOrDefault("wanted", List.of()), contacts + (more ? 1 : 0));
  }

  /** What stands in a field; empty where nothing does. */
  public String get(String name) {
    return values.getOrDefault(name, "");
  }

  boolean asksForMore() {
    return get("do").equals("contact");
  }

  /**
   * The partner as it should be; what the page does not show stays.
   *
   * @param before as it is, null for a new one
   * @throws Problem 422 with everything that is wrong
   */
  Partner partner(String key, @Nullable Partner before) {
    if (before != null && !get("version").equals("" + before.version()))
      throw Problem.invalid(
          "/name",
          "changed_meanwhile",
          "Somebody changed this partner meanwhile. Open it again and repeat your change.");
    try {
      return PartnerJson.read(key, JSON.valueToTree(body(before)));
    } catch (Problem problem) {
      throw Problem.invalid(problem.errors().stream().map(PartnerForm::onPage).toList());
    }
  }

  /** Lists are one field on the page: {@code /emails/main/1} stands at {@code emails/main}. */
  private static FieldError onPage(FieldError error) {
    String pointer =
        error
            .pointer()
            .replaceFirst("^(/emails/[a-z]+)/.*", "$1")
            .replaceFirst("^(/(?:bill_to|ship_to)/[a-z]+)/.*", "$1")
            .replaceFirst("^/attributes.*", "/attributes")
            .replaceFirst("^(/contacts/\\d+/roles).*", "$1");
    return new FieldError(pointer, error.code(), error.message());
  }

  private Map<String, Object> body(@Nullable Partner before) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (before != null) body.putAll(PartnerJson.write(before));
    for (String name :
        List.of("type", "name", "language", "currency", "tax_id", "phone", "send_from"))
      body.put(name, get(name));
    Map<String, Object> emails = new LinkedHashMap<>();
    for (String role : List.of("main", "cc", "billing", "shipment"))
      emails.put(role, lines("emails/" + role));
    body.put("emails", emails);
    for (String place : PLACES) body.put(place, place(place));
    body.put("use_contact_email", !get("use_contact_email").isEmpty());
    body.put("contacts", contactsBody());
    Map<String, Object> notifications = new LinkedHashMap<>();
    for (Purpose purpose : Purpose.values())
      if (!wanted.contains(purpose.word())) notifications.put(purpose.word(), false);
    body.put("notifications", notifications);
    body.put("layouts", below("layouts/"));
    body.put("templates", below("templates/"));
    body.put("attributes", attributes(before));
    return body;
  }

  private @Nullable Map<String, Object> place(String start) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("name", get(start + "/name"));
    place.put("address", lines(start + "/address"));
    place.put("country", get(start + "/country"));
    place.put("emails", lines(start + "/emails"));
    boolean empty =
        place.values().stream().allMatch(value -> value.equals("") || value.equals(List.of()));
    return empty ? null : place;
  }

  /** Rows that are empty fall away. */
  private List<Map<String, Object>> contactsBody() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < contacts; i++) {
      Map<String, Object> contact = new LinkedHashMap<>();
      for (String part : List.of("name", "email", "phone"))
        contact.put(part, get("contacts/" + i + "/" + part));
      contact.put("roles", roles(get("contacts/" + i + "/roles")));
      if (contact.values().stream().anyMatch(value -> !value.equals("") && !value.equals(List.of())))
        all.add(contact);
    }
    return all;
  }

  private static List<String> roles(String typed) {
    return Arrays.stream(typed.split("[,;\n]")).map(String::strip).filter(r -> !r.isEmpty()).toList();
  }

  private Map<String, String> below(String start) {
    Map<String, String> ids = new LinkedHashMap<>();
    values.forEach((name, id) -> {
      if (name.startsWith(start) && !id.isEmpty()) ids.put(name.substring(start.length()), id);
    });
    return ids;
  }

  private List<String> lines(String name) {
    return get(name).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** "name: value" a line; what is no plain value stays as it is. */
  private Map<String, Object> attributes(@Nullable Partner before) {
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Object> old = before == null ? Map.of() : before.attributes();
    old.forEach((name, value) -> {
      if (!isPlain(value)) all.put(name, value);
    });
    for (String line : lines("attributes")) {
      int colon = line.indexOf(':');
      String name = (colon < 0 ? line : line.substring(0, colon)).strip();
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      Object was = old.get(name);
      all.put(name, was != null && was.toString().equals(value) ? was : value);
    }
    return all;
  }

  private static String attributes(Map<String, Object> attributes) {
    StringBuilder lines = new StringBuilder();
    attributes.forEach((name, value) -> {
      if (isPlain(value)) lines.append(name).append(": ").append(value).append('\n');
    });
    return lines.toString().strip();
  }

  /** One line of text, and a name that can stand before a colon. */
  private static boolean isPlain(@Nullable Object value) {
    return (value instanceof String text && !text.contains("\n"))
        || value instanceof Number
        || value instanceof Boolean;
  }

  private static void place(
      Map<String, String> values, String start, Partner.@Nullable Place place) {
    if (place == null) return;
    put(values, start + "/name", place.name());
    values.put(start + "/address", String.join("\n", place.address()));
    put(values, start + "/country", place.country());
    values.put(start + "/emails", AddressList.lines(place.emails()));
  }

  private static void contact(Map<String, String> values, String at, Partner.Contact contact) {
    put(values, at + "name", contact.name());
    Address email = contact.email();
    put(values, at + "email", email == null ? null : AddressList.lines(List.of(email)));
    put(values, at + "phone", contact.phone());
    values.put(at + "roles", String.join(", ", contact.roles()));
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    values.put(name, value == null ? "" : value);
  }
}
