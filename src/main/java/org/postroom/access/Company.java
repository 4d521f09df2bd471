package org.postroom.access;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sender's own firm: what stands at the top and foot of its documents and mails.
 *
 * @param address lines as printed, without the name
 * @param country ISO 3166-1 alpha-2
 * @param currency ISO 4217
 * @param language BCP 47, the language of mails to partners that have none of their own
 * @param colour accent as {@code #rrggbb}
 * @param logo PNG or JPEG bytes, up to 1 MB, or null
 * @param paper the size of its PDFs
 */
public record Company(
    String id,
    String name,
    List<String> address,
    String country,
    String currency,
    Locale language,
    ZoneId timeZone,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String website,
    @Nullable String taxId,
    @Nullable String registration,
    @Nullable String bankName,
    @Nullable String iban,
    @Nullable String bic,
    String colour,
    byte @Nullable [] logo,
    Paper paper) {

  public Company {
    address = List.copyOf(address);
  }

  /** A new one of that name, before anybody said more about it. */
  public static Company named(String id, String name) {
    return new Company(
        id,
        name,
        List.of(),
        "US",
        "USD",
        Locale.ENGLISH,
        ZoneId.of("UTC"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "#1f5fbf",
        null,
        Paper.A4);
  }

  /** image/png or image/jpeg by the logo's first bytes; null without a logo. */
  public @Nullable String logoType() {
    return logo == null ? null : Logo.type(logo);
  }

  public enum Paper {
    A4,
    LETTER
  }
}
