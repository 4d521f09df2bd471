package org.postroom.documents.layout;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Party;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.TextLine;

/**
 * The top of the first page: brand, address where a window envelope shows it (DIN 5008 form B on
 * A4, a No. 10 window on Letter), the facts beside it.
 */
final class Letterhead {
  private static final double MM = Look.MM;
  private static final double WINDOW = 44 * MM;
  private static final double ADDRESS = 31 * MM;
  private static final double GUTTER = 7 * MM;
  private static final int LONGEST_REFERENCE_WORD = 40;

  private final Sheet sheet;
  private final Look look;
  private final Document document;

  Letterhead(Sheet sheet) {
    this.sheet = sheet;
    this.look = sheet.look();
    this.document = sheet.document();
  }

  Strip strip() {
    Strip strip = new Strip().grow(look.brand() + WINDOW);
    brand(strip);
    address(strip);
    facts(strip);
    return strip;
  }

  private void brand(Strip strip) {
    if (sheet.logo().isPresent()) {
      strip.picture(sheet.logo().get(), 0, 0);
      return;
    }
    // More lines than the strip has room for would push the address out of the window.
    List<TextLine> lines =
        sheet.lines(sheet.parties().sender().name(), look.brandName(), sheet.width());
    int room = (int) (look.brand() / look.brandName().lineHeight());
    strip.lines(lines.subList(0, Math.min(room, lines.size())), look.brandName(), 0, 0);
  }

  private void address(Strip strip) {
    double width = look.address() - GUTTER;
    double top = look.brand();
    top = strip.lines(sheet.lines(senderLine(), Look.SMALL, width), Look.SMALL, 0, top) + 4 * MM;
    double least = top + ADDRESS;
    Party addressee = sheet.parties().addressee();
    if (addressee != null) top = addressee(strip, addressee, top, width);
    Party other = sheet.parties().other();
    if (other != null) other(strip, other, Math.max(top, least) + 4 * MM, width);
  }

  private double addressee(Strip strip, Party party, double top, double width) {
    var strong = Look.ADDRESS.bolder();
    double at = strip.lines(sheet.lines(party.name(), strong, width), strong, 0, top);
    if (party.name() == null) at = top;
    String attention = document.contact() == null ? null : document.contact().name();
    if (attention != null && !attention.equals(party.name())) {
      at = strip.lines(sheet.lines(attention, Look.ADDRESS, width), Look.ADDRESS, 0, at);
    }
    for (String line : party.address()) {
      at = strip.lines(sheet.lines(line, Look.ADDRESS, width), Look.ADDRESS, 0, at);
    }
    return at;
  }

  private void other(Strip strip, Party party, double top, double width) {
    String word = sheet.word(sheet.parties().otherWord());
    strip.text(sheet.line(word, Look.LABEL), Look.LABEL, 0, top);
    double at = top + Look.LABEL.lineHeight() + 0.6 * MM;
    if (party.name() != null) {
      at = strip.lines(sheet.lines(party.name(), Look.STRONG, width), Look.STRONG, 0, at);
    }
    for (String line : party.address()) {
      at = strip.lines(sheet.lines(line, Look.BODY, width), Look.BODY, 0, at);
    }
  }

  private String senderLine() {
    Party sender = sheet.parties().sender();
    List<String> line = new ArrayList<>();
    if (sender.name() != null) line.add(sender.name());
    line.addAll(sender.address());
    return String.join(" · ", line);
  }

  private void facts(Strip strip) {
    Pairs facts = new Pairs(sheet);
    facts.add(sheet.kindWord("number"), document.number());
    facts.add(sheet.kindWord("date"), date(document.issueDate()));
    if (sheet.kind() != DocumentKind.STATEMENT) {
      facts.add(sheet.kindWord("due"), date(document.dueDate()));
    }
    facts.add(sheet.word("delivery"), date(document.deliveryDate()));
    boolean toVendor = sheet.kind().toVendor();
    facts.add(sheet.word(toVendor ? "vendor_number" : "customer_number"), document.partner());
    document.references().forEach((word, value) -> facts.add(referenceWord(word), value));
    Party addressee = sheet.parties().addressee();
    if (addressee != null) {
      facts.add(sheet.word("their_tax_id"), addressee.taxId());
      addressee.ids().forEach(id -> facts.add(sheet.word("id"), id));
    }
    double width = sheet.width() - look.address();
    facts.draw(strip, look.address(), look.brand(), width, 30 * MM, 0.9 * MM);
  }

  private @Nullable String date(@Nullable LocalDate date) {
    return date == null ? null : sheet.figures().date(date);
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
