package org.postroom.http;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** How content that others wrote is handed to a browser: never as a part of ourselves. */
public final class Untrusted {
  private static final String FRAME =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
  private static final String DOWNLOAD = "sandbox; default-src 'none'";

  private Untrusted() {}

  /**
   * HTML for a sandboxed frame: without scripts, forms, links out, and without loading anything.
   */
  public static ResponseEntity<byte[]> frame(String html) {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
        .header("Content-Security-Policy", FRAME)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .body(html.getBytes(StandardCharsets.UTF_8));
  }

  /** A file to keep, never to show: whatever its type says, the browser does not open it here. */
  public static ResponseEntity<byte[]> download(String filename, byte[] content) {
    var disposition =
        ContentDisposition.attachment().filename(safe(filename), StandardCharsets.UTF_8).build();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
        .header("Content-Security-Policy", DOWNLOAD)
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .body(content);
  }

  /** A name without a path, control characters or what would turn the reading direction. */
  static String safe(String filename) {
    String bare =
        filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
    String clean = bare.replaceAll("[\\p{Cntrl}\\p{Cf}:*?\"<>|]", "_").strip();
    if (clean.isEmpty() || clean.startsWith(".")) clean = "file" + clean;
    return clean.length() <= 150 ? clean : clean.substring(clean.length() - 150);
  }
}
