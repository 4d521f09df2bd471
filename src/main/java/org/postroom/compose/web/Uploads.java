package org.postroom.compose.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.mail.Attachment;
import org.springframework.web.multipart.MultipartFile;

/** Turns what a browser uploads into an attachment; its name and type are only claims. */
final class Uploads {
  private static final String ANYTHING = "application/octet-stream";

  private Uploads() {}

  static Attachment attachment(MultipartFile file) throws IOException {
    try {
      return new Attachment(name(file.getOriginalFilename()), type(file), file.getBytes());
    } catch (IllegalArgumentException wrong) {
      throw Problem.invalid("/files", "invalid", String.valueOf(wrong.getMessage()));
    }
  }

  /** Some browsers send the whole path. */
  private static String name(@Nullable String given) {
    String name = given == null ? "" : given.replace('\\', '/');
    String last = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "").strip();
    if (last.isEmpty()) return "file";
    return last.length() <= 200 ? last : last.substring(last.length() - 200);
  }

  private static String type(MultipartFile file) {
    String type = file.getContentType();
    if (type == null) return ANYTHING;
    String bare = type.split(";", 2)[0].strip();
    return bare.matches("[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,80}") ? bare : ANYTHING;
  }
}
