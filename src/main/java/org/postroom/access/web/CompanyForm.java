package org.postroom.access.web;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.http.Problem;
import org.springframework.web.bind.annotation.BindParam;

/** The fields of a company as a browser sends them: text, blank where nothing was typed. */
record CompanyForm(
    @Nullable String name,
    @Nullable String address,
    @Nullable String country,
    @Nullable String currency,
    @Nullable String language,
    @BindParam("time_zone") @Nullable String timeZone,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String website,
    @BindParam("tax_id") @Nullable String taxId,
    @Nullable String registration,
    @BindParam("bank_name") @Nullable String bankName,
    @Nullable String iban,
    @Nullable String bic,
    @Nullable String colour,
    @Nullable String paper) {

  static CompanyForm of(Company company) {
    return new CompanyForm(
        company.name(),
        String.join("\n", company.address()),
        company.country(),
        company.currency(),
        company.language().toLanguageTag(),
        company.timeZone().getId(),
        company.email(),
        company.phone(),
        company.website(),
        company.taxId(),
        company.registration(),
        company.bankName(),
        company.iban(),
        company.bic(),
        company.colour(),
        company.paper().name());
  }

  /** The company that was typed; the logo is the one given. */
  Company company(String id, byte @Nullable [] logo) {
    return new Company(
        id,
        text(name, ""),
        text(address, "").lines().map(String::strip).filter(line -> !line.isEmpty()).toList(),
        text(country, ""),
        text(currency, ""),
        Locale.forLanguageTag(text(language, "")),
        zone(),
        orNull(email),
        orNull(phone),
        orNull(website),
        orNull(taxId),
        orNull(registration),
        orNull(bankName),
        compact(iban),
        compact(bic),
        text(colour, "#1f5fbf"),
        logo,
        "LETTER".equals(paper) ? Company.Paper.LETTER : Company.Paper.A4);
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(text(timeZone, ""));
    } catch (DateTimeException unknown) {
      throw Problem.invalid(
          List.of(new Problem.FieldError("/time_zone", "unknown", "Choose a time zone.")));
    }
  }

  private static String text(@Nullable String value, String otherwise) {
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private static @Nullable String orNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** IBAN and BIC are typed with spaces and kept without. */
  private static @Nullable String compact(@Nullable String value) {
    String typed = orNull(value);
    return typed == null ? null : typed.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
  }
}
