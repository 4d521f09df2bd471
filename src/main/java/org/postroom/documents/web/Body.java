package org.postroom.documents.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;

/** A request body of at most 20 MB and its type. */
final class Body {
  static final int MOST_BYTES = 20 * 1024 * 1024;

  private Body() {}

  /** The media type in small letters without parameters; empty where none is named. */
  static String type(@Nullable String header) {
    if (header == null) return "";
    int semicolon = header.indexOf(';');
    String type = semicolon < 0 ? header : header.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** Reads no more than fits; 413 where there is more. */
  static byte[] of(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > MOST_BYTES) throw tooLarge("body");
    return bounded(request.getInputStream(), "body");
  }

  static byte[] of(Part part) throws IOException {
    if (part.getSize() > MOST_BYTES) throw tooLarge("part “" + part.getName() + "”");
    return bounded(part.getInputStream(), "part “" + part.getName() + "”");
  }

  /** A part of a form; null where it is not there. */
  static @Nullable Part part(HttpServletRequest request, String name) throws IOException {
    try {
      return request.getPart(name);
    } catch (ServletException | IllegalStateException broken) {
      throw Problem.unreadable("The multipart body cannot be read.", List.of());
    }
  }

  private static byte[] bounded(InputStream in, String what) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) throw tooLarge(what);
    return bytes;
  }

  private static Problem tooLarge(String what) {
    return Problem.of(413, "too_large", "The " + what + " is larger than 20 MB.");
  }
}
