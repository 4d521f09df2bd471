package org.postroom.documents.einvoice;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Printing;

/** Invoices and credit notes as Factur-X 1.0, profile EN 16931. */
public final class FacturX {
  private FacturX() {}

  /**
   * What came of it.
   *
   * @param pdf as given where something is missing, else a PDF/A-3 with the XML
   * @param gaps what is missing or contradicts itself, in plain sentences; empty where it was made
   */
  public record Made(byte[] pdf, List<String> gaps) {}

  /** Whether such documents can carry their figures. */
  public static boolean serves(DocumentKind kind) {
    return kind == DocumentKind.INVOICE || kind == DocumentKind.CREDIT_MEMO;
  }

  /** What such an invoice would lack; nothing is made. */
  public static List<String> gaps(Printing printing) {
    Reading reading = new Reading(printing);
    Einvoice unused = reading.read();
    return unused == null ? List.of() : reading.gaps();
  }

  /** Whether a PDF made elsewhere carries an invoice as XML already. */
  public static boolean isIn(byte[] pdf) {
    return HybridPdf.carries(pdf);
  }

  public static Made finish(Printing printing, byte[] pdf) {
    Reading reading = new Reading(printing);
    Einvoice invoice = reading.read();
    if (!reading.gaps().isEmpty()) return new Made(pdf, reading.gaps());
    LocalDate date = Objects.requireNonNull(printing.document().issueDate());
    return new Made(HybridPdf.of(pdf, Cii.write(invoice), date), List.of());
  }
}
