package org.postroom.http;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Answers that our own pages show in a frame, or that open beside them: mails and files that others
 * wrote. Their own policy takes everything away that could act in our name.
 */
public final class Framed {
  private static final String POLICY = "Content-Security-Policy";

  /** Only our own pages may frame it; this counts before X-Frame-Options (CSP Level 3, 6.4.2.2). */
  private static final String BY_US = "; frame-ancestors 'self'";

  private Framed() {}

  /** The HTML of a mail: no scripts, no forms, nothing loaded from elsewhere, no origin. */
  public static ResponseEntity<String> mail(String html) {
    return ResponseEntity.ok()
        .header(
            POLICY,
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:" + BY_US)
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .body(html);
  }

  /**
   * A PDF for the browser's own viewer. Not sandboxed: browsers refuse to show PDFs in a sandbox,
   * and run what is in them apart from us anyway.
   */
  public static ResponseEntity<byte[]> pdf(byte[] pdf, String filename) {
    return ResponseEntity.ok()
        .header(POLICY, "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'" + BY_US)
        .header(HttpHeaders.CONTENT_DISPOSITION, named("inline", filename))
        .contentType(MediaType.APPLICATION_PDF)
        .body(pdf);
  }

  /** A file as a program fetches it; opened in a browser it can do nothing. */
  public static ResponseEntity<byte[]> file(byte[] content, String type, String filename) {
    boolean pdf = type.equals(MediaType.APPLICATION_PDF_VALUE);
    return ResponseEntity.ok()
        .header(POLICY, "sandbox; default-src 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CONTENT_DISPOSITION, named(pdf ? "inline" : "attachment", filename))
        .contentType(MediaType.parseMediaType(type))
        .body(content);
  }

  private static String named(String disposition, String filename) {
    return ContentDisposition.builder(disposition)
        .filename(filename, StandardCharsets.UTF_8)
        .build()
        .toString();
  }
}
