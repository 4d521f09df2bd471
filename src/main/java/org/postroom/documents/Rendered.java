package org.postroom.documents;

import java.util.List;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/**
 * A document's PDF.
 *
 * @param pdf its bytes; the same document, company and language give the same bytes
 * @param filename what to call it, such as {@code Invoice INV-2026-0412.pdf}; safe on every system
 * @param layout id of the layout that made it, such as {@code built-in}
 * @param warnings what a person should look at before sending, such as why the invoice could not
 *     carry its figures as XML
 * @param refusals why it must not be sent at all; to look at it is always possible
 */
public record Rendered(
    byte[] pdf, String filename, String layout, List<String> warnings, List<String> refusals) {
  public Rendered {
    warnings = List.copyOf(warnings);
    refusals = List.copyOf(refusals);
  }

  public Rendered(byte[] pdf, String filename, String layout) {
    this(pdf, filename, layout, List.of(), List.of());
  }

  /** Itself; 422 with every refusal where there is one. For whoever is about to send it. */
  public Rendered sendable() {
    if (refusals.isEmpty()) return this;
    throw Problem.invalid(
        refusals.stream()
            .map(why -> new FieldError("/document", "einvoice_incomplete", why))
            .toList());
  }
}
