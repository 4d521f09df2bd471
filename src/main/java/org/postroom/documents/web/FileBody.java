package org.postroom.documents.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentFiles;
import org.postroom.http.Problem;
import org.springframework.web.multipart.MultipartFile;

/** A file as a program or a browser sends it: at most 25 MB. */
final class FileBody {
  private FileBody() {}

  /** The body as it is; 413 where it is larger. */
  static byte[] of(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > DocumentFiles.MOST_BYTES) throw tooLarge();
    byte[] bytes = request.getInputStream().readNBytes(DocumentFiles.MOST_BYTES + 1);
    if (bytes.length > DocumentFiles.MOST_BYTES) throw tooLarge();
    return bytes;
  }

  /** What was chosen in a form; 422 at {@code /file} where nothing was. */
  static byte[] of(@Nullable MultipartFile file) throws IOException {
    if (file == null || file.isEmpty())
      throw Problem.invalid("/file", "required", "Choose the file first.");
    if (file.getSize() > DocumentFiles.MOST_BYTES)
      throw Problem.invalid("/file", "too_large", "The file is larger than 25 MB.");
    return file.getBytes();
  }

  /** Browsers may send a whole path. */
  static String name(@Nullable MultipartFile file) {
    String sent = file == null ? null : file.getOriginalFilename();
    if (sent == null) return "";
    return sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1).strip();
  }

  private static Problem tooLarge() {
    return Problem.of(413, "too_large", "The file is larger than 25 MB.");
  }
}
