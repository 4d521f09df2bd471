package org.postroom.partners;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Nearest;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;

/** What a partner must keep to, wherever it comes from. Pointers are those of the API's body. */
final class PartnerChecks {
  static final int ADDRESSES = 50;
  static final int CONTACTS = 200;
  static final int ATTRIBUTES_CHARACTERS = 64 * 1024;
  static final int ATTRIBUTES_DEPTH = 16;
  static final int REF = 100;
  static final int NAME = 200;
  static final int LINE = 300;
  static final int LINES = 12;

  /** The words of the document kinds, as in the API's addresses. */
  static final Set<String> DOCUMENT_KINDS =
      Set.of(
          "quote",
          "sales_order",
          "invoice",
          "credit_memo",
          "packing_slip",
          "shipment",
          "rma",
          "deposit",
          "receipt",
          "statement",
          "reminder",
          "purchase_order",
          "item_receipt",
          "bill",
          "bill_payment");

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> PURPOSES =
      Arrays.stream(Purpose.values()).map(Purpose::word).collect(Collectors.toUnmodifiableSet());

  private final List<FieldError> errors = new ArrayList<>();

  private PartnerChecks() {}

  /** Everything that is wrong with the partner; empty when it may be kept. */
  static List<FieldError> errors(Partner partner) {
    var checks = new PartnerChecks();
    checks.identity(partner);
    checks.emails(partner.emails());
    checks.place("/bill_to", partner.billTo());
    checks.place("/ship_to", partner.shipTo());
    checks.contacts(partner.contacts());
    checks.overrides(partner);
    checks.attributes(partner.attributes());
    return checks.errors;
  }

  private void identity(Partner partner) {
    line("/ref", partner.ref(), REF);
    if (partner.ref().isBlank()) add("/ref", "required", "The partner's ref is required.");
    line("/name", partner.name(), NAME);
    if (partner.name().isBlank()) add("/name", "required", "“name” is required.");
    language(partner.language());
    String currency = partner.currency();
    if (currency != null && !CURRENCIES.contains(currency)) {
      String hint = Nearest.hint(currency.toUpperCase(Locale.ROOT), CURRENCIES);
      add("/currency", "invalid", "“" + currency + "” is not an ISO 4217 currency code." + hint);
    }
    line("/tax_id", partner.taxId(), 100);
    line("/phone", partner.phone(), 100);
    line("/send_from", partner.sendFrom(), 60);
  }

  private void language(@Nullable String language) {
    if (language == null) return;
    try {
      Locale locale = new Locale.Builder().setLanguageTag(language).build();
      if (!locale.getLanguage().isEmpty()) return;
    } catch (IllformedLocaleException notATag) {
      // Told below.
    }
    String message = "“" + language + "” is not a language tag such as “en” or “pt-BR” (BCP 47).";
    add("/language", "invalid", message);
  }

  private void emails(Partner.Emails emails) {
    addresses("/emails/main", emails.main());
    addresses("/emails/cc", emails.cc());
    addresses("/emails/billing", emails.billing());
    addresses("/emails/shipment", emails.shipment());
  }

  private void addresses(String pointer, List<Address> addresses) {
    if (addresses.size() <= ADDRESSES) return;
    String message = "There are " + addresses.size() + " addresses; at most 50 are taken.";
    add(pointer, "too_many", message);
  }

  private void place(String pointer, Partner.@Nullable Place place) {
    if (place == null) return;
    line(pointer + "/name", place.name(), NAME);
    if (place.address().size() > LINES)
      add(pointer + "/address", "too_many", "An address has at most " + LINES + " lines.");
    for (int i = 0; i < place.address().size(); i++)
      line(pointer + "/address/" + i, place.address().get(i), LINE);
    if (place.country() != null && !COUNTRIES.contains(place.country())) {
      String message = "“" + place.country() + "” is not a country code such as “NL” (ISO 3166-1).";
      add(pointer + "/country", "invalid", message);
    }
    addresses(pointer + "/emails", place.emails());
  }

  private void contacts(List<Partner.Contact> contacts) {
    if (contacts.size() > CONTACTS)
      add("/contacts", "too_many", "A partner has at most " + CONTACTS + " contacts.");
    for (int i = 0; i < Math.min(contacts.size(), CONTACTS); i++) {
      Partner.Contact contact = contacts.get(i);
      String pointer = "/contacts/" + i;
      line(pointer + "/name", contact.name(), NAME);
      line(pointer + "/phone", contact.phone(), 100);
      if (contact.roles().size() > 20)
        add(pointer + "/roles", "too_many", "A contact has at most 20 roles.");
      for (String role : contact.roles()) line(pointer + "/roles", role, 60);
    }
  }

  private void overrides(Partner partner) {
    words("/notifications", partner.notifications().keySet(), PURPOSES);
    words("/layouts", partner.layouts().keySet(), DOCUMENT_KINDS);
    words("/templates", partner.templates().keySet(), DOCUMENT_KINDS);
    ids("/layouts", partner.layouts());
    ids("/templates", partner.templates());
  }

  private void words(String pointer, Set<String> given, Set<String> known) {
    for (String word : given) {
      if (known.contains(word)) continue;
      String shown = word.length() > 60 ? word.substring(0, 60) + "…" : word;
      String message = "There is no kind “" + shown + "”." + Nearest.hint(word, known);
      String escaped = word.replace("~", "~0").replace("/", "~1");
      add(pointer + "/" + escaped, "unknown_field", message);
    }
  }

  private void ids(String pointer, Map<String, String> ids) {
    ids.forEach((kind, id) -> line(pointer + "/" + kind, id, 100));
  }

  private void attributes(Map<String, Object> attributes) {
    if (deeperThan(attributes, ATTRIBUTES_DEPTH)) {
      String message = "The attributes are nested deeper than " + ATTRIBUTES_DEPTH + " levels.";
      add("/attributes", "too_deep", message);
    } else if (PartnerStore.json(attributes).length() > ATTRIBUTES_CHARACTERS) {
      add("/attributes", "too_long", "The attributes have more than 64 KB of JSON.");
    }
  }

  private static boolean deeperThan(@Nullable Object value, int levels) {
    if (!(value instanceof Map) && !(value instanceof List)) return false;
    if (levels == 0) return true;
    Iterable<?> inner = value instanceof Map<?, ?> map ? map.values() : (List<?>) value;
    for (Object each : inner) if (deeperThan(each, levels - 1)) return true;
    return false;
  }

  private void line(String pointer, @Nullable String text, int longest) {
    if (text == null) return;
    if (text.length() > longest)
      add(pointer, "too_long", "This has more than " + longest + " characters.");
    boolean controls =
        text.codePoints()
            .anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || isHalf(c));
    if (controls) {
      String message = "Line breaks and control characters are not taken here.";
      add(pointer, "control_characters", message);
    }
  }

  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private void add(String pointer, String code, String message) {
    errors.add(new FieldError(pointer, code, message));
  }
}
