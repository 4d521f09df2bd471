package org.postroom.partners;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * A customer or vendor.
 *
 * @param ref the ERP's own key
 * @param language BCP 47, null: the company's
 * @param currency ISO 4217, null: the company's
 * @param useContactEmail whether contacts come first where the recipient order says "contact (if
 *     on)"
 * @param notifications kind of mail → on/off; absent means on
 * @param sendFrom id of the account its mail leaves from, null: by the rules
 * @param layouts document kind word → layout id
 * @param templates document kind word → template id
 * @param version grows with each change
 */
public record Partner(
    String ref,
    Type type,
    String name,
    @Nullable String language,
    @Nullable String currency,
    @Nullable String taxId,
    @Nullable String phone,
    Emails emails,
    @Nullable Place billTo,
    @Nullable Place shipTo,
    List<Contact> contacts,
    boolean useContactEmail,
    Map<String, Boolean> notifications,
    @Nullable String sendFrom,
    Map<String, String> layouts,
    Map<String, String> templates,
    Map<String, Object> attributes,
    long version,
    Instant updatedAt) {

  public Partner {
    contacts = List.copyOf(contacts);
    notifications = Map.copyOf(notifications);
    layouts = Map.copyOf(layouts);
    templates = Map.copyOf(templates);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** The same partner as its row says. */
  Partner stored(long newVersion, Instant newUpdatedAt) {
    return new Partner(
        ref,
        type,
        name,
        language,
        currency,
        taxId,
        phone,
        emails,
        billTo,
        shipTo,
        contacts,
        useContactEmail,
        notifications,
        sendFrom,
        layouts,
        templates,
        attributes,
        newVersion,
        newUpdatedAt);
  }

  /** For what came with a document: without codes that may be wrong, names cut to size. */
  Partner withoutCodes() {
    return new Partner(
        ref,
        type,
        cut(name),
        null,
        null,
        taxId,
        phone,
        emails,
        withoutCode(billTo),
        withoutCode(shipTo),
        contacts,
        useContactEmail,
        notifications,
        sendFrom,
        layouts,
        templates,
        attributes,
        version,
        updatedAt);
  }

  private static String cut(String text) {
    if (text.length() <= PartnerChecks.NAME) return text;
    int end = PartnerChecks.NAME;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static @Nullable Place withoutCode(@Nullable Place place) {
    return place == null
        ? null
        : new Place(
            place.name() == null ? null : cut(place.name()), place.address(), null, place.emails());
  }

  /** Whether it wants this kind of mail: unless it said no. */
  public boolean wants(Purpose purpose) {
    return notifications.getOrDefault(purpose.word(), true);
  }

  public enum Type {
    CUSTOMER,
    VENDOR;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Addresses by what they are for. */
  public record Emails(
      List<Address> main, List<Address> cc, List<Address> billing, List<Address> shipment) {
    public static final Emails NONE = new Emails(List.of(), List.of(), List.of(), List.of());

    public Emails {
      main = List.copyOf(main);
      cc = List.copyOf(cc);
      billing = List.copyOf(billing);
      shipment = List.copyOf(shipment);
    }
  }

  /** A postal address with its own email addresses. */
  public record Place(
      @Nullable String name, List<String> address, @Nullable String country, List<Address> emails) {
    public Place {
      address = List.copyOf(address);
      emails = List.copyOf(emails);
    }
  }

  public record Contact(
      @Nullable String name, @Nullable Address email, @Nullable String phone, List<String> roles) {
    public Contact {
      roles = List.copyOf(roles);
    }
  }
}
