package org.postroom.http;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * PDFs for the browser's own viewer; {@link Untrusted} is for everything else that others wrote.
 */
public final class Framed {
  private static final String POLICY = "Content-Security-Policy";

  /** Only our own pages may frame it; this counts before X-Frame-Options (CSP Level 3, 6.4.2.2). */
  private static final String BY_US =
      "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

  private Framed() {}

  /**
   * For the frame on a page. Not sandboxed: browsers refuse to show PDFs in a sandbox, and run what
   * is in them apart from us anyway.
   */
  public static ResponseEntity<byte[]> pdf(byte[] pdf, String filename) {
    return answer(pdf, filename, BY_US);
  }

  /** For programs; opened in a browser it can do nothing. */
  public static ResponseEntity<byte[]> sandboxedPdf(byte[] pdf, String filename) {
    return answer(pdf, filename, "sandbox; default-src 'none'");
  }

  private static ResponseEntity<byte[]> answer(byte[] pdf, String filename, String policy) {
    var disposition =
        ContentDisposition.inline().filename(filename, StandardCharsets.UTF_8).build();
    return ResponseEntity.ok()
        .header(POLICY, policy)
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
        .contentType(MediaType.APPLICATION_PDF)
        .body(pdf);
  }
}
