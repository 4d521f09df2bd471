package org.postroom.documents.layout;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Payment;
import org.postroom.documents.Printing;
import org.postroom.documents.press.Picture;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.Style;
import org.postroom.documents.press.TextLine;
import org.postroom.documents.press.Typesetter;

/** Everything the parts of one document need while they are laid out. */
record Sheet(
    Printing printing,
    Variant variant,
    Parties parties,
    Wording words,
    Figures figures,
    Look look,
    Optional<Picture> logo,
    Typesetter type) {

  static Sheet of(Printing printing, Variant variant, Optional<Picture> logo, Typesetter type) {
    Company company = printing.company();
    return new Sheet(
        printing,
        variant,
        Parties.of(printing.document(), company),
        Wording.in(printing.language()),
        new Figures(printing.language(), printing.document().currency()),
        Look.of(company.paper(), company.colour()),
        logo,
        type);
  }

  Document document() {
    return printing.document();
  }

  DocumentKind kind() {
    return printing.document().kind();
  }

  Company company() {
    return printing.company();
  }

  List<Payment> payments() {
    return printing.payments();
  }

  double width() {
    return look.width();
  }

  /** "Invoice INV-2026-0412"; a variant may have its own word. */
  String title() {
    String kind = words.of("kind." + kind().word());
    return words.find("kind." + kind().word() + "." + variant.word()).orElse(kind)
        + " "
        + document().number();
  }

  String word(String key) {
    return words.of(key);
  }

  /** The word for this kind of document, where it differs from the general one. */
  String kindWord(String key) {
    return words.of(key, kind().word());
  }

  /** Amounts in another currency than the document's. */
  Figures figures(String currency) {
    return currency.equals(document().currency())
        ? figures
        : new Figures(printing.language(), currency);
  }

  TextLine line(@Nullable String text, Style style) {
    return type.line(text == null ? "" : text, style);
  }

  List<TextLine> lines(@Nullable String text, Style style, double width) {
    return type.lines(text == null ? "" : text, style, width);
  }

  /** A paragraph as a strip of its own. */
  Strip paragraph(String text, Style style, double before) {
    Strip strip = new Strip().before(before);
    strip.lines(lines(text, style, width()), style, 0, 0);
    return strip;
  }

  /** "Euro (EUR)". */
  String currencyName(String code) {
    try {
      return Currency.getInstance(code).getDisplayName(printing.language()) + " (" + code + ")";
    } catch (IllegalArgumentException unknown) {
      return code;
    }
  }
}
