package org.postroom.console.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.partners.Partner;
import org.springframework.web.bind.annotation.BindParam;

/** The fields of a partner that people change by hand; what else there is stays as it was. */
record PartnerForm(
    @Nullable String ref,
    @Nullable String type,
    @Nullable String name,
    @Nullable String language,
    @BindParam("emails/main") @Nullable String main,
    @BindParam("emails/cc") @Nullable String cc,
    @BindParam("emails/billing") @Nullable String billing,
    @BindParam("emails/shipment") @Nullable String shipment,
    @BindParam("send_from") @Nullable String sendFrom,
    long version) {

  static final PartnerForm EMPTY = new PartnerForm("", "customer", "", "", "", "", "", "", "", 0);

  private static final Partner NOBODY =
      new Partner(
          "",
          Partner.Type.CUSTOMER,
          "",
          null,
          null,
          null,
          null,
          Partner.Emails.NONE,
          null,
          null,
          List.of(),
          false,
          Map.of(),
          null,
          Map.of(),
          Map.of(),
          Map.of(),
          0,
          Instant.EPOCH);

  static PartnerForm of(Partner partner) {
    Partner.Emails emails = partner.emails();
    return new PartnerForm(
        partner.ref(),
        partner.type().word(),
        partner.name(),
        partner.language(),
        AddressList.lines(emails.main()),
        AddressList.lines(emails.cc()),
        AddressList.lines(emails.billing()),
        AddressList.lines(emails.shipment()),
        partner.sendFrom(),
        partner.version());
  }

  /**
   * The partner as it should be.
   *
   * @param before as it is, null for a new one
   * @throws Problem 422 with every address that is none
   */
  Partner partner(String key, @Nullable Partner before) {
    List<FieldError> errors = new ArrayList<>();
    var emails =
        new Partner.Emails(
            addresses("/emails/main", main, errors),
            addresses("/emails/cc", cc, errors),
            addresses("/emails/billing", billing, errors),
            addresses("/emails/shipment", shipment, errors));
    if (before != null && before.version() != version)
      errors.add(
          new FieldError(
              "/name",
              "changed_meanwhile",
              "Somebody changed this partner meanwhile. Open it again and repeat your change."));
    if (!errors.isEmpty()) throw Problem.invalid(errors);
    return with(key, emails, before == null ? NOBODY : before);
  }

  private Partner with(String key, Partner.Emails emails, Partner before) {
    return new Partner(
        key,
        "vendor".equals(type) ? Partner.Type.VENDOR : Partner.Type.CUSTOMER,
        name == null ? "" : name.strip(),
        text(language),
        before.currency(),
        before.taxId(),
        before.phone(),
        emails,
        before.billTo(),
        before.shipTo(),
        before.contacts(),
        before.useContactEmail(),
        before.notifications(),
        text(sendFrom),
        before.layouts(),
        before.templates(),
        before.attributes(),
        0,
        Instant.EPOCH);
  }

  private static List<Address> addresses(
      String pointer, @Nullable String typed, List<FieldError> errors) {
    AddressList read = AddressList.read(typed == null ? "" : typed);
    if (!read.troubles().isEmpty())
      errors.add(new FieldError(pointer, "invalid", String.join(" ", read.troubles())));
    return read.addresses();
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
