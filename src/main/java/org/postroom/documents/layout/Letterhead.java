package org.postroom.documents.layout;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Party;
import org.postroom.documents.DocumentKind;
import org.w3c.dom.Element;

/**
 * The top of the first page: brand, address where a window envelope shows it (DIN 5008 form B on
 * A4, a No. 10 window on Letter), the facts beside it, and the title below.
 */
final class Letterhead {
  private static final int LONGEST_REFERENCE_WORD = 40;

  private final Sheet sheet;
  private final Markup markup;
  private final Document document;

  private Letterhead(Sheet sheet) {
    this.sheet = sheet;
    this.markup = sheet.markup();
    this.document = sheet.document();
  }

  static void write(Sheet sheet, Element body) {
    new Letterhead(sheet).write(body);
  }

  private void write(Element body) {
    brand(body);
    Element row = markup.add(markup.add(body, "table", "window"), "tr");
    Element left = markup.add(row, "td", "address");
    address(left);
    deliverTo(left);
    facts(markup.add(row, "td", "facts"));
    markup.text(body, "h1", "", sheet.title());
  }

  private void brand(Element body) {
    Element brand = markup.add(body, "div", "brand");
    if (sheet.hasLogo()) {
      Element image = markup.add(brand, "img");
      image.setAttribute("src", Assets.LOGO);
      image.setAttribute("alt", Texts.clean(sheet.company().name()));
    } else {
      markup.text(brand, "div", "brandname", sheet.parties().sender().name());
    }
  }

  private void address(Element cell) {
    Party sender = sheet.parties().sender();
    List<String> line = new ArrayList<>();
    if (sender.name() != null) line.add(sender.name());
    line.addAll(sender.address());
    markup.text(cell, "div", "sender", String.join(" · ", line));
    Party addressee = sheet.parties().addressee();
    if (addressee == null) return;
    Element to = markup.add(cell, "div", "to");
    printed(to, addressee);
    String attention = document.contact() == null ? null : document.contact().name();
    if (attention != null && !attention.equals(addressee.name())) {
      markup.text(to, "div", "", attention);
    }
    lines(to, addressee);
  }

  private void facts(Element cell) {
    Element table = markup.add(cell, "table", "pairs");
    String kind = document.kind().word();
    fact(table, sheet.words().of("number", kind), document.number());
    date(table, sheet.words().of("date", kind), document.issueDate());
    if (document.kind() != DocumentKind.STATEMENT) {
      date(table, sheet.words().of("due", kind), document.dueDate());
    }
    date(table, sheet.word("delivery"), document.deliveryDate());
    fact(
        table,
        sheet.word(document.kind().toVendor() ? "vendor_number" : "customer_number"),
        document.partner());
    document.references().forEach((word, value) -> fact(table, referenceWord(word), value));
    Party addressee = sheet.parties().addressee();
    if (addressee != null) {
      fact(table, sheet.word("their_tax_id"), addressee.taxId());
      addressee.ids().forEach(id -> fact(table, sheet.word("id"), id));
    }
  }

  private void deliverTo(Element cell) {
    Party party = sheet.parties().deliverTo();
    if (party == null) return;
    Element place = markup.add(cell, "div", "place");
    markup.text(place, "div", "label", sheet.word("deliver_to"));
    printed(place, party);
    lines(place, party);
  }

  private void printed(Element to, Party party) {
    if (party.name() != null) markup.text(to, "div", "strong", party.name());
  }

  private void lines(Element to, Party party) {
    party.address().forEach(line -> markup.text(to, "div", "", line));
  }

  private void date(Element table, String word, @Nullable LocalDate date) {
    if (date != null) fact(table, word, sheet.figures().date(date));
  }

  private void fact(Element table, String word, @Nullable String value) {
    if (value == null || value.isBlank()) return;
    Element row = markup.add(table, "tr");
    markup.text(row, "th", "", word);
    markup.text(row, "td", "", value);
  }

  /** Known references have their word; others show the ERP's own, made readable. */
  private String referenceWord(String word) {
    return sheet.words().find("reference." + word).orElseGet(() -> readable(word));
  }

  private static String readable(String word) {
    String text = word.replace('_', ' ').strip();
    if (text.isEmpty()) return text;
    if (text.length() > LONGEST_REFERENCE_WORD) text = text.substring(0, LONGEST_REFERENCE_WORD);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
