package org.postroom.partners;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Nearest;
import org.postroom.http.Problem;
import org.postroom.partners.PartnerImport.Trouble;
import tools.jackson.databind.json.JsonMapper;

/** One line of an import as the partner it makes: read by the same rules as the API's body. */
final class PartnerLine {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, String> cells;
  private final Map<String, Object> body;
  private final List<Trouble> troubles = new ArrayList<>();

  /**
   * @param cells column to text, only columns the file has
   * @param before as it stands, null for a new one: what the file does not speak of stays
   */
  PartnerLine(Map<String, String> cells, @Nullable Partner before) {
    this.cells = cells;
    this.body =
        before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(PartnerJson.write(before));
  }

  List<Trouble> troubles() {
    return troubles;
  }

  /** Null where something is wrong; then {@link #troubles} says what. */
  @Nullable Partner partner() {
    for (String name : List.of("name", "language", "currency", "tax_id", "phone", "send_from"))
      text(name);
    type();
    emails();
    place("bill_to");
    place("ship_to");
    flag("use_contact_email");
    notifications();
    contacts();
    attributes();
    try {
      Partner partner = PartnerJson.read(cells.getOrDefault("ref", ""), JSON.valueToTree(body));
      return troubles.isEmpty() ? partner : null;
    } catch (Problem problem) {
      problem.errors().forEach(error -> wrong(column(error.pointer()), error.message()));
      return null;
    }
  }

  private void text(String name) {
    if (cells.containsKey(name)) body.put(name, cells.get(name));
  }

  private void type() {
    String type = cells.get("type");
    if (type == null || type.isEmpty()) return;
    String word = type.toLowerCase(Locale.ROOT);
    if (Set.of("customer", "c", "debtor", "client").contains(word)) body.put("type", "customer");
    else if (Set.of("vendor", "v", "supplier", "creditor").contains(word))
      body.put("type", "vendor");
    else wrong("type", "“" + type + "” is neither customer nor vendor.");
  }

  private void emails() {
    Map<String, Object> emails = inner("emails");
    for (String role : List.of("main", "billing", "shipment", "cc"))
      if (cells.containsKey(role)) emails.put(role, cells.get(role));
    body.put("emails", emails);
  }

  private void place(String start) {
    Map<String, Object> place = inner(start);
    boolean said = false;
    for (String part : List.of("name", "country", "address", "email")) {
      String cell = cells.get(start + "_" + part);
      if (cell == null) continue;
      said = true;
      String name = part.equals("email") ? "emails" : part;
      place.put(
          name,
          part.equals("address")
              ? cell.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()
              : cell);
    }
    boolean empty =
        place.values().stream()
            .allMatch(value -> value == null || value.equals("") || value.equals(List.of()));
    if (said) body.put(start, empty ? null : place);
  }

  private void flag(String name) {
    String cell = cells.get(name);
    if (cell == null) return;
    Boolean flag = PartnerColumns.flag(cell);
    if (flag == null) wrong(name, "“" + cell + "” is neither yes nor no.");
    else body.put(name, flag);
  }

  private void notifications() {
    String cell = cells.get("no_mail");
    if (cell == null) return;
    Map<String, Object> notifications = new LinkedHashMap<>();
    List<String> purposes = java.util.Arrays.stream(Purpose.values()).map(Purpose::word).toList();
    for (String word : PartnerColumns.words(cell)) {
      String purpose = word.toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
      if (purposes.contains(purpose)) notifications.put(purpose, false);
      else wrong("no_mail", "“" + word + "” is no kind of mail." + Nearest.hint(purpose, purposes));
    }
    body.put("notifications", notifications);
  }

  private void contacts() {
    List<Map<String, Object>> contacts = new ArrayList<>();
    if (body.get("contacts") instanceof List<?> list)
      for (Object each : list) contacts.add(map(each));
    boolean said = false;
    for (int i = 1; i <= PartnerColumns.CONTACTS; i++) {
      for (String part : List.of("name", "email", "phone", "roles")) {
        String cell = cells.get("contact_" + i + "_" + part);
        if (cell == null) continue;
        said = true;
        while (contacts.size() < i) contacts.add(new HashMap<>());
        contacts.get(i - 1).put(part, part.equals("roles") ? PartnerColumns.words(cell) : cell);
      }
    }
    contacts.removeIf(contact ->
        contact.values().stream()
            .allMatch(value -> value == null || value.equals("") || value.equals(List.of())));
    if (said) body.put("contacts", contacts);
  }

  /** An empty cell takes the attribute away. */
  private void attributes() {
    Map<String, Object> attributes = inner("attributes");
    cells.forEach((column, cell) -> {
      if (!column.startsWith(PartnerColumns.ATTRIBUTE)) return;
      String name = column.substring(PartnerColumns.ATTRIBUTE.length());
      Object before = attributes.get(name);
      if (cell.isEmpty()) attributes.remove(name);
      else if (before == null || !before.toString().equals(cell)) attributes.put(name, cell);
    });
    body.put("attributes", attributes);
  }

  private Map<String, Object> inner(String name) {
    return map(body.get(name));
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) given.forEach((k, v) -> map.put(String.valueOf(k), v));
    return map;
  }

  /** {@code /contacts/0/email} is the column contact_1_email. */
  private static String column(String pointer) {
    String[] parts = pointer.substring(Math.min(1, pointer.length())).split("/");
    return switch (parts[0]) {
      case "emails" -> parts.length > 1 ? parts[1] : "main";
      case "bill_to", "ship_to" ->
          parts[0] + "_" + (parts.length > 1 ? parts[1].replace("emails", "email") : "name");
      case "contacts" ->
          parts.length > 2 && parts[1].matches("[0-9]{1,3}")
              ? "contact_" + (Integer.parseInt(parts[1]) + 1) + "_" + parts[2]
              : "contact_1_name";
      case "notifications" -> "no_mail";
      case "attributes" -> PartnerColumns.ATTRIBUTE + (parts.length > 1 ? parts[1] : "");
      default -> parts[0];
    };
  }

  private void wrong(String column, String message) {
    troubles.add(new Trouble(column, message));
  }
}
