package org.postroom.documents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.postroom.http.Problem;

/** A PDF the ERP made itself; opened once, so that it will open at the customer's too. */
public record FinishedPdf(byte[] bytes, int pages) {
  /** Named in place of a layout. */
  public static final String LAYOUT = "finished-pdf";

  public static final int MOST_BYTES = 20 * 1024 * 1024;
  private static final int MOST_PAGES = 2_000;
  private static final byte[] START = "%PDF-".getBytes(StandardCharsets.US_ASCII);

  /** Checks an upload; 413 where it is too large, 422 at {@code pdf} where it is no usable PDF. */
  public static FinishedPdf check(byte[] bytes) {
    if (bytes.length > MOST_BYTES)
      throw Problem.of(413, "too_large", "The PDF is larger than 20 MB.");
    if (!Arrays.equals(bytes, 0, Math.min(START.length, bytes.length), START, 0, START.length))
      throw Problem.invalid(
          "pdf", "not_a_pdf", "The file is not a PDF: it does not start with %PDF.");
    int pages = pages(bytes);
    if (pages < 1 || pages > MOST_PAGES)
      throw Problem.invalid(
          "pdf",
          "out_of_range",
          "The PDF has " + pages + " pages; 1 to " + MOST_PAGES + " are possible.");
    return new FinishedPdf(bytes, pages);
  }

  private static int pages(byte[] bytes) {
    try (PDDocument document = Loader.loadPDF(bytes)) {
      if (document.isEncrypted())
        throw Problem.invalid(
            "pdf", "encrypted", "The PDF is protected. Send it without protection.");
      return document.getNumberOfPages();
    } catch (InvalidPasswordException locked) {
      throw Problem.invalid(
          "pdf", "encrypted", "The PDF is protected with a password. Send it without.");
    } catch (Problem told) {
      throw told;
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      throw Problem.invalid("pdf", "not_a_pdf", "The PDF is damaged and cannot be opened.");
    }
  }
}
