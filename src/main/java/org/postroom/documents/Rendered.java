package org.postroom.documents;

import java.util.List;

/**
 * A document's PDF.
 *
 * @param pdf its bytes; the same document, company and language give the same bytes
 * @param filename what to call it, such as {@code Invoice INV-2026-0412.pdf}; safe on every system
 * @param layout id of the layout that made it, such as {@code built-in}
 * @param warnings what a person should look at before sending, such as why the invoice could not
 *     carry its figures as XML
 */
public record Rendered(byte[] pdf, String filename, String layout, List<String> warnings) {
  public Rendered {
    warnings = List.copyOf(warnings);
  }

  public Rendered(byte[] pdf, String filename, String layout) {
    this(pdf, filename, layout, List.of());
  }
}
