package org.postroom.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Iban;

/** What a company must look like before it is kept. */
final class CompanyCheck {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final double READABLE = 4.5; // WCAG 2.2, 1.4.3: text on its ground

  private final List<FieldError> errors = new ArrayList<>();

  private CompanyCheck() {}

  /** 422 with every field that is wrong. */
  static void check(Company company) {
    var check = new CompanyCheck();
    check.names(company);
    check.bank(company);
    check.looks(company);
    if (!check.errors.isEmpty()) throw Problem.invalid(check.errors);
  }

  /** For the audit trail: what may have changed, without the picture. */
  static String summary(Company company) {
    byte[] logo = company.logo();
    return String.join(
        " | ",
        Arrays.asList(
            company.name(),
            String.join(", ", company.address()),
            company.country(),
            company.currency(),
            company.language().toLanguageTag(),
            company.timeZone().getId(),
            "email " + company.email(),
            "tax id " + company.taxId(),
            "IBAN " + company.iban(),
            "BIC " + company.bic(),
            "colour " + company.colour(),
            "logo " + (logo == null ? "none" : logo.length + " bytes"),
            company.paper().name()));
  }

  private void names(Company company) {
    if (company.name().isBlank()) wrong("/name", "required", "Give the company's name.");
    length("/name", company.name(), 200);
    if (company.address().size() > 8) wrong("/address", "too_many", "At most 8 lines.");
    company.address().forEach(line -> length("/address", line, 200));
    if (!COUNTRIES.contains(company.country())) wrong("/country", "unknown", "Choose a country.");
    if (!isCurrency(company.currency())) wrong("/currency", "unknown", "Choose a currency.");
    if (company.language().getLanguage().isEmpty())
      wrong("/language", "unknown", "Choose a language.");
    String email = company.email();
    if (email != null && !NewPerson.isAddress(email))
      wrong("/email", "not_an_address", "This is not an email address.");
    length("/phone", company.phone(), 100);
    length("/website", company.website(), 300);
    length("/tax_id", company.taxId(), 100);
    length("/registration", company.registration(), 300);
  }

  private void bank(Company company) {
    String iban = company.iban();
    if (iban != null && Iban.of(iban).filter(good -> good.value().equals(iban)).isEmpty())
      wrong(
          "/iban", "wrong_check_digits", "This IBAN cannot be right: its check digits do not fit.");
    String bic = company.bic();
    if (bic != null && !bic.matches("[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?"))
      wrong("/bic", "invalid", "A BIC has 8 or 11 letters and digits.");
    length("/bank_name", company.bankName(), 100);
  }

  private void looks(Company company) {
    if (!company.colour().matches("#[0-9a-fA-F]{6}"))
      wrong("/colour", "invalid", "Write the colour like #1f5fbf.");
    else if (contrastToWhite(company.colour()) < READABLE)
      wrong(
          "/colour",
          "low_contrast",
          "White text on this colour is hard to read. Choose a darker one.");
    byte[] logo = company.logo();
    String trouble = logo == null ? null : Logo.trouble(logo);
    if (trouble != null) wrong("/logo", "invalid", trouble);
  }

  private void length(String pointer, @Nullable String text, int most) {
    if (text == null) return;
    if (text.length() > most) wrong(pointer, "too_long", "At most " + most + " characters.");
    if (text.chars().anyMatch(Character::isISOControl))
      wrong(pointer, "invalid", "Line breaks and control characters are not possible here.");
  }

  private void wrong(String pointer, String code, String message) {
    errors.add(new FieldError(pointer, code, message));
  }

  private static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(currency -> currency.getCurrencyCode().equals(code));
  }

  /** WCAG's contrast ratio of white on this colour, 1 to 21. */
  static double contrastToWhite(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double light = 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    return 1.05 / (light + 0.05);
  }

  private static double linear(int channel) {
    double share = (channel & 255) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
