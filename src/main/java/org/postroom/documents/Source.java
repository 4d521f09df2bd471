package org.postroom.documents;

import org.jspecify.annotations.Nullable;

/**
 * What came in, byte for byte.
 *
 * @param contentType without parameters, such as {@code application/xml}
 * @param pdf the PDF the ERP made itself, null where Postroom lays it out
 */
public record Source(String contentType, byte[] body, @Nullable FinishedPdf pdf) {
  public static Source json(byte[] body) {
    return new Source("application/json", body, null);
  }

  public static Source xml(byte[] body) {
    return new Source("application/xml", body, null);
  }
}
