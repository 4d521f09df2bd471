package org.postroom.documents.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Party;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.Style;

/** What people do with the paper: sign it, follow its steps, declare what customs asks for. */
final class Forms {
  private static final double MM = Look.MM;
  private static final int MOST_STEPS = 9;

  private final Sheet sheet;

  Forms(Sheet sheet) {
    this.sheet = sheet;
  }

  /** A sentence above the lines, where the kind has one. */
  List<Strip> opening() {
    String text = sheet.words().find("opening." + sheet.kind().word()).orElse("");
    if (text.isEmpty()) return List.of();
    Strip strip = sheet.paragraph(text, Look.BODY, 0).keepWithNext();
    return List.of(strip.grow(strip.height() + 2.5 * MM));
  }

  /** What stands below the sums. */
  List<Strip> closing() {
    return switch (sheet.kind()) {
      case QUOTE -> signed("sign.quote", "sign.place_date", "sign.signature");
      case PACKING_SLIP -> signed("sign.packing_slip", "sign.packed", "sign.received");
      case SHIPMENT -> List.of();
      case ITEM_RECEIPT -> signed("sign.item_receipt", "sign.checked", "sign.booked");
      case PURCHASE_ORDER -> signed("sign.purchase_order", "sign.place_date", "sign.signature");
      case BILL -> signed("sign.bill", "sign.approved", "sign.booked");
      case RMA -> steps();
      case INVOICE -> sheet.variant() == Variant.COMMERCIAL ? customs() : List.of();
      default -> List.of();
    };
  }

  /** A sentence and lines to sign on. */
  private List<Strip> signed(String sentence, String... places) {
    Strip strip = sheet.paragraph(sheet.word(sentence), Look.BODY, 5 * MM);
    double top = strip.height() + 9 * MM;
    double width = (sheet.width() - 8 * MM) / places.length;
    for (int i = 0; i < places.length; i++) {
      double x = i * (width + 8 * MM);
      strip.fill(Look.RULE, x, top, width, 0.6);
      strip.text(sheet.line(sheet.word(places[i]), Look.LABEL), Look.LABEL, x, top + 0.8 * MM);
    }
    return List.of(strip);
  }

  /** What to do, one numbered step after the other. */
  private List<Strip> steps() {
    Strip strip = new Strip().before(7 * MM);
    Style heading = sheet.look().heading();
    strip.text(sheet.line(sheet.word("steps.rma"), heading), heading, 0, 0);
    double at = heading.lineHeight() + 1.5 * MM;
    for (int step = 1; step <= MOST_STEPS; step++) {
      String text = sheet.words().find("steps.rma." + step).orElse("");
      if (text.isEmpty()) break;
      text = text.replace("{number}", sheet.document().number()).replace("{address}", backTo());
      strip.text(sheet.line(Integer.toString(step), heading), heading, 0, at);
      double width = sheet.width() - 7 * MM;
      at = strip.lines(sheet.lines(text, Look.BODY, width), Look.BODY, 7 * MM, at) + 1 * MM;
    }
    return List.of(strip);
  }

  private String backTo() {
    Party us = sheet.parties().sender();
    List<String> lines = new ArrayList<>();
    if (us.name() != null) lines.add(us.name());
    lines.addAll(us.address());
    return lines.stream().map(String::strip).collect(Collectors.joining(", "));
  }

  private List<Strip> customs() {
    Pairs pairs = new Pairs(sheet);
    pairs.add(sheet.word("customs.incoterms"), own("incoterms", "delivery_terms"));
    pairs.add(sheet.word("customs.reason"), own("export_reason", "reason_for_export"));
    pairs.add(sheet.word("customs.packages"), own("packages", "package_count"));
    pairs.add(sheet.word("customs.gross_weight"), own("gross_weight", "weight_gross"));
    pairs.add(sheet.word("customs.net_weight"), own("net_weight", "weight_net"));
    pairs.add(sheet.word("customs.origin"), own("origin", "country_of_origin"));
    pairs.add(sheet.word("customs.eori"), own("eori", "exporter_eori"));
    List<Strip> strips = new ArrayList<>();
    if (!pairs.isEmpty()) {
      Strip strip = new Strip().before(6 * MM);
      Style heading = sheet.look().heading();
      strip.text(sheet.line(sheet.word("customs"), heading), heading, 0, 0);
      double top = heading.lineHeight() + 1 * MM;
      pairs.draw(strip, 0, top, sheet.width(), pairs.wordWidth(60 * MM), 0.4 * MM);
      strips.add(strip);
    }
    strips.addAll(signed("sign.commercial", "sign.place_date", "sign.signature"));
    return strips;
  }

  /** From the document's own fields, else its references. */
  private @Nullable String own(String... names) {
    String field = LineTable.field(sheet.figures(), sheet.document().fields(), names);
    if (field != null) return field;
    Map<String, String> references = sheet.document().references();
    for (String name : names) if (references.get(name) != null) return references.get(name);
    return null;
  }
}
