package org.postroom.documents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether PDFs of invoices and credit memos carry their figures as XML (Factur-X, EN 16931). */
public enum Einvoicing {
  OFF,
  /** Where a document says enough; otherwise its PDF goes without, with a warning. */
  ON,
  /** What does not say enough is not sent. */
  REQUIRED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Einvoicing> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}
