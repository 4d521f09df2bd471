package org.postroom.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** A company's picture: PNG or JPEG, up to 1 MB and 4000 pixels a side, judged by its bytes. */
final class Logo {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_PIXELS = 4000;

  private Logo() {}

  /** Why it cannot be taken, as a sentence; null when it can. */
  static @Nullable String trouble(byte[] bytes) {
    if (bytes.length > MOST_BYTES) return "The logo is larger than 1 MB. Save it smaller.";
    if (type(bytes) == null) return "The logo must be a PNG or JPEG picture.";
    return dimensions(bytes);
  }

  /** image/png or image/jpeg by the first bytes; null for anything else. */
  static @Nullable String type(byte[] bytes) {
    if (startsWith(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) return "image/png";
    return startsWith(bytes, 0xff, 0xd8, 0xff) ? "image/jpeg" : null;
  }

  /** Reads the size from the header; the picture itself is not unpacked. */
  private static @Nullable String dimensions(byte[] bytes) {
    try (var stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) return "The picture is damaged.";
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        boolean large = reader.getWidth(0) > MOST_PIXELS || reader.getHeight(0) > MOST_PIXELS;
        return large ? "The logo has more than 4000 pixels a side. Save it smaller." : null;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException damaged) {
      return "The picture is damaged.";
    }
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) return false;
    for (int i = 0; i < start.length; i++) if ((bytes[i] & 255) != start[i]) return false;
    return true;
  }
}
