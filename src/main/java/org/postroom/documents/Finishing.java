package org.postroom.documents;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.documents.einvoice.FacturX;
import org.postroom.partners.Partner;
import org.springframework.stereotype.Service;

/**
 * What happens to every PDF after a layout made it, whichever: it gets its name, and where the
 * company wants that, invoices and credit memos carry their figures as XML.
 */
@Service
public class Finishing {
  /** Of a partner: {@code off}, {@code on} or {@code required}, whatever the company says. */
  public static final String PARTNER_ATTRIBUTE = "einvoice";

  private final Database database;
  private final Audit audit;

  public Finishing(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  public DocumentSettings settings(String company) {
    return database.read(sql -> new DocumentSettingsRows(sql).of(company));
  }

  public DocumentSettings einvoicing(Caller caller, Einvoicing mode) {
    DocumentSettings before = settings(caller.company());
    return change(caller, before, before.with(mode));
  }

  /** 422 at {@code /pattern} where it cannot be read; empty: the built-in one. */
  public DocumentSettings filename(Caller caller, String pattern) {
    DocumentSettings before = settings(caller.company());
    return change(caller, before, before.with(FilenamePattern.check(pattern)));
  }

  /** What counts for a document: the partner's own word, then the company's. */
  public Einvoicing wanted(Printing printing) {
    if (!FacturX.serves(printing.document().kind())) return Einvoicing.OFF;
    Einvoicing own = own(printing.partner());
    return own == null ? settings(printing.company().id()).einvoicing() : own;
  }

  /** What the document lacks to be an e-invoice, in plain sentences; empty where it can be one. */
  public List<String> gaps(Printing printing) {
    return FacturX.gaps(printing);
  }

  /** What PDFs of the document are called. */
  public String filename(Printing printing) {
    return FilenamePattern.fill(
        settings(printing.company().id()).filename(),
        printing.document(),
        printing.company(),
        printing.partner(),
        printing.language());
  }

  /** The PDF a layout made, as it leaves the house. */
  public Rendered finish(Printing printing, Rendered rendered) {
    String filename = filename(printing);
    String layout = rendered.layout();
    Einvoicing wanted = wanted(printing);
    if (wanted == Einvoicing.OFF) return new Rendered(rendered.pdf(), filename, layout);
    FacturX.Made made = FacturX.finish(printing, rendered.pdf());
    return told(new Rendered(made.pdf(), filename, layout), wanted, made.gaps());
  }

  /** The PDF that came with the document: it stays as it is, byte for byte. */
  public Rendered finish(Printing printing, FinishedPdf finished) {
    Rendered rendered = new Rendered(finished.bytes(), filename(printing), FinishedPdf.LAYOUT);
    Einvoicing wanted = wanted(printing);
    if (wanted == Einvoicing.OFF || FacturX.isIn(finished.bytes())) return rendered;
    String gap = "The PDF that came with the document holds no invoice as XML.";
    return told(rendered, wanted, List.of(gap));
  }

  private static Rendered told(Rendered rendered, Einvoicing wanted, List<String> gaps) {
    List<String> told = gaps.stream().map(gap -> "Not an e-invoice: " + gap).toList();
    return new Rendered(
        rendered.pdf(),
        rendered.filename(),
        rendered.layout(),
        told,
        wanted == Einvoicing.REQUIRED ? told : List.of());
  }

  private DocumentSettings change(Caller caller, DocumentSettings before, DocumentSettings after) {
    caller.require(Right.MANAGE_TEMPLATES);
    if (after.equals(before)) return before;
    database.run(sql -> {
      new DocumentSettingsRows(sql).save(caller.company(), after);
      audit.record(
          caller, "document_settings.changed", caller.company(), words(before), words(after));
    });
    return after;
  }

  private static @Nullable Einvoicing own(@Nullable Partner partner) {
    Object said = partner == null ? null : partner.attributes().get(PARTNER_ATTRIBUTE);
    if (said instanceof Boolean on) return on ? Einvoicing.ON : Einvoicing.OFF;
    return said instanceof String word
        ? Einvoicing.of(word.strip().toLowerCase(Locale.ROOT)).orElse(null)
        : null;
  }

  private static String words(DocumentSettings settings) {
    return "e-invoices " + settings.einvoicing().word() + ", file name " + settings.filename();
  }
}
