package org.postroom.documents.intake;

import java.math.BigDecimal;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Ledger;

/** The JSON shape of a document, field by field. The published schema says the same. */
final class JsonDocumentReader {
  static final int MOST_LINES = 20_000;
  private static final int MOST_ROWS = 200;
  private final boolean stored;

  /** {@code stored}: reads what the writer kept, with warnings, not what a client sends. */
  JsonDocumentReader(boolean stored) {
    this.stored = stored;
  }

  Document read(DocumentKind kind, String number, JsonFields in) {
    sameAsAddress(in, "kind", kind.word());
    sameAsAddress(in, "number", number);
    Document document =
        new Document(
            kind,
            number,
            in.text("partner", 100),
            in.date("issue_date"),
            in.date("due_date"),
            in.date("delivery_date"),
            currency(kind, in),
            in.code(
                "language",
                JsonDocumentReader::isLanguage,
                "not_a_language",
                "is not a language tag such as en or de-CH (BCP 47)."),
            in.object("seller", this::party),
            in.object("buyer", this::party),
            in.object("bill_to", this::party),
            in.object("ship_to", this::party),
            in.object("contact", this::contact),
            in.emails("shipment_emails", 20),
            in.objects("lines", MOST_LINES, this::line),
            in.objects("adjustments", MOST_ROWS, this::adjustment),
            in.objects("taxes", MOST_ROWS, this::tax),
            in.object("totals", this::totals),
            Objects.requireNonNullElse(in.object("payment", this::payment), PaymentTerms.NONE),
            in.words("references", MOST_ROWS),
            in.texts("notes", MOST_ROWS, Wording.LONG),
            in.free("fields"),
            ledger(kind, in),
            stored ? in.texts("warnings", MOST_ROWS, Wording.LONG) : List.of());
    in.close();
    return document;
  }

  private static @Nullable Ledger ledger(DocumentKind kind, JsonFields in) {
    if (kind == DocumentKind.STATEMENT) return in.object("ledger", LedgerReader::ledger);
    if (in.has("ledger")) in.refuse("ledger", "contradiction", "Only a statement has a ledger.");
    return null;
  }

  private void sameAsAddress(JsonFields in, String name, String expected) {
    String given = in.text(name, Wording.SHORT);
    if (given != null && !given.equals(expected))
      in.refuse(
          name, "contradiction", "The address says “" + expected + "”, the body “" + given + "”.");
  }

  /** ISO 4217; {@code XXX} ("no currency") for a packing slip and the like without amounts. */
  private String currency(DocumentKind kind, JsonFields in) {
    if (kind.priced()) in.require("currency");
    String code =
        in.code(
            "currency",
            Wording::isCurrency,
            "not_a_currency",
            "is not a currency code of ISO 4217 such as EUR.");
    return code == null ? "XXX" : code;
  }

  private static boolean isLanguage(String tag) {
    try {
      return !new Locale.Builder().setLanguageTag(tag).build().getLanguage().isEmpty();
    } catch (IllformedLocaleException notALanguage) {
      return false;
    }
  }

  private Party party(JsonFields in) {
    return new Party(
        in.text("name", Wording.SHORT),
        in.texts("address", 12, Wording.SHORT),
        in.code(
            "country",
            Wording::isCountry,
            "not_a_country",
            "is not a country code of ISO 3166-1 such as DE."),
        in.email("email"),
        in.text("phone", 100),
        in.text("tax_id", 100),
        in.texts("ids", 20, 100));
  }

  private Contact contact(JsonFields in) {
    return new Contact(in.text("name", Wording.SHORT), in.email("email"), in.text("phone", 100));
  }

  private Line line(JsonFields in) {
    in.require("description");
    String description = in.text("description", 2_000);
    return new Line(
        in.text("id", 100),
        in.text("sku", 100),
        description == null ? "" : description,
        in.texts("details", 50, Wording.LONG),
        in.decimal("quantity"),
        in.text("unit", 50),
        in.decimal("unit_price"),
        positive(in, "price_quantity"),
        in.decimal("discount"),
        in.decimal("tax_rate"),
        in.text("tax_category", 20),
        in.decimal("amount"),
        in.date("date"),
        in.free("fields"));
  }

  private @Nullable BigDecimal positive(JsonFields in, String name) {
    BigDecimal number = in.decimal(name);
    if (number == null || number.signum() > 0) return number;
    in.refuse(name, "out_of_range", "“" + name + "” must be greater than 0.");
    return null;
  }

  private @Nullable Adjustment adjustment(JsonFields in) {
    in.require("reason");
    in.require("amount");
    String reason = in.text("reason", Wording.SHORT);
    BigDecimal amount = in.decimal("amount");
    BigDecimal rate = in.decimal("tax_rate");
    return reason == null || amount == null ? null : new Adjustment(reason, amount, rate);
  }

  private @Nullable Tax tax(JsonFields in) {
    in.require("amount");
    String name = in.text("name", Wording.SHORT);
    String category = in.text("category", 20);
    BigDecimal rate = in.decimal("rate");
    BigDecimal base = in.decimal("base");
    BigDecimal amount = in.decimal("amount");
    String exemption = in.text("exemption", 2_000);
    return amount == null ? null : new Tax(name, category, rate, base, amount, exemption);
  }

  private Totals totals(JsonFields in) {
    return new Totals(
        in.decimal("lines"),
        in.decimal("net"),
        in.decimal("tax"),
        in.decimal("gross"),
        in.decimal("paid"),
        in.decimal("rounding"),
        in.decimal("due"));
  }

  private PaymentTerms payment(JsonFields in) {
    String iban = in.text("iban", 50);
    if (iban != null) {
      iban = iban.replace(" ", "").toUpperCase(Locale.ROOT);
      if (!iban.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"))
        in.refuse(
            "iban", "not_an_iban", "“" + iban + "” is not an IBAN such as DE89370400440532013000.");
    }
    String bic = in.text("bic", 20);
    if (bic != null && !bic.matches("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"))
      in.refuse("bic", "not_a_bic", "“" + bic + "” is not a BIC such as COBADEFFXXX.");
    return new PaymentTerms(
        in.text("terms", Wording.LONG),
        iban,
        bic,
        in.text("bank", Wording.SHORT),
        in.text("account_name", Wording.SHORT),
        in.text("reference", Wording.SHORT),
        in.text("means", Wording.SHORT));
  }
}
