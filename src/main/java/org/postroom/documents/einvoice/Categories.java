package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.einvoice.Einvoice.Category;

/** How lines, allowances, charges and rows of the summary are taxed. */
final class Categories {
  private static final Category NONE = new Category("S", BigDecimal.ZERO);

  /** Taxed at some rate: value added tax, and its kin of the Canaries, Ceuta and Melilla. */
  private static final Set<String> RATED = Set.of("S", "L", "M");

  private static final Set<String> KNOWN = Set.of("S", "Z", "E", "AE", "K", "G", "O", "L", "M");

  /** Codes of elsewhere for the same: the full list of UNTDID 5305, OIOUBL, own words. */
  private static final Map<String, String> SAME =
      Map.of(
          "AA",
          "S",
          "H",
          "S",
          "STANDARDRATED",
          "S",
          "ZERORATED",
          "Z",
          "REVERSECHARGE",
          "AE",
          "IC",
          "K");

  private final List<Tax> taxes;
  private final Gaps gaps;

  Categories(List<Tax> taxes, Gaps gaps) {
    this.taxes = taxes;
    this.gaps = gaps;
  }

  /**
   * What is said is taken; what is not said follows from the rate and the tax summary, where it can
   * only be one.
   *
   * @param what for the sentence: "Line 3"
   */
  Category of(@Nullable String code, @Nullable BigDecimal rate, String what) {
    String known = code == null ? null : known(code, what);
    if (code != null && known == null) return NONE;
    if (known == null) return guessed(rate, what);
    return checked(known, rate, what);
  }

  static boolean isRated(String code) {
    return RATED.contains(code);
  }

  /** Equal in value: 19 and 19.00 are one rate. */
  static Category plain(Category category) {
    BigDecimal rate = category.rate();
    if (rate == null) return category;
    BigDecimal short1 = rate.stripTrailingZeros();
    return new Category(category.code(), short1.scale() < 0 ? short1.setScale(0) : short1);
  }

  private @Nullable String known(String code, String what) {
    String upper = code.strip().toUpperCase(Locale.ROOT);
    String known = SAME.getOrDefault(upper, upper);
    if (KNOWN.contains(known)) return known;
    gaps.tell(
        what
            + ": “"
            + code
            + "” is no tax category of EN 16931; those are S, Z, E, AE, K, G, O, L and M.");
    return null;
  }

  private Category checked(String code, @Nullable BigDecimal said, String what) {
    if (code.equals("O")) {
      if (said != null && said.signum() != 0)
        gaps.tell(what + ": outside the scope of VAT (O) there is no rate of " + percent(said));
      return new Category("O", null);
    }
    if (isRated(code)) {
      BigDecimal rate = said == null ? onlyRate(code) : said;
      if (rate == null) gaps.tell(what + " is taxed (" + code + ") and names no tax_rate.");
      else if (code.equals("S") && rate.signum() <= 0)
        gaps.tell(
            what
                + ": category S needs a rate above 0 %. For 0 % choose Z, E, AE, K, G or O as"
                + " tax_category.");
      return plain(new Category(code, rate == null ? BigDecimal.ZERO : rate));
    }
    if (said != null && said.signum() != 0)
      gaps.tell(what + ": category " + code + " has 0 %, the document says " + percent(said));
    return new Category(code, BigDecimal.ZERO);
  }

  private Category guessed(@Nullable BigDecimal rate, String what) {
    if (rate != null && rate.signum() > 0) return checked("S", rate, what);
    List<Category> possible =
        taxes.stream()
            .filter(tax -> rate == null || tax.rate() == null || tax.rate().compareTo(rate) == 0)
            .map(this::quietly)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .distinct()
            .toList();
    if (possible.size() == 1) return possible.getFirst();
    gaps.tell(
        rate == null
            ? what + " says neither tax_rate nor tax_category."
            : what
                + " has a tax_rate of 0 and no tax_category: Z (zero rate), E (exempt), AE (reverse"
                + " charge), K (within the EU), G (export) or O (outside VAT).");
    return NONE;
  }

  /** The category of a row that says everything; null of others, which are told of elsewhere. */
  private @Nullable Category quietly(Tax tax) {
    Gaps unheard = new Gaps();
    Categories alone = new Categories(List.of(), unheard);
    Category category = alone.of(tax.category(), tax.rate(), "");
    return unheard.none() ? category : null;
  }

  private @Nullable BigDecimal onlyRate(String code) {
    List<BigDecimal> rates =
        taxes.stream()
            .filter(tax -> tax.category() != null && code.equals(tax.category()))
            .map(Tax::rate)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .distinct()
            .toList();
    return rates.size() == 1 ? rates.getFirst() : null;
  }

  private static String percent(BigDecimal rate) {
    return rate.toPlainString() + " %.";
  }
}
