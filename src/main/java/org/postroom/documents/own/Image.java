package org.postroom.documents.own;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture that belongs to a layout, judged by its bytes.
 *
 * @param name as the page says it: {@code asset:name}
 * @param type {@code image/png} or {@code image/jpeg}
 */
public record Image(String name, String type, int width, int height, byte[] bytes) {
  public static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_PIXELS = 4000;
  private static final java.util.Set<String> OURS = java.util.Set.of("logo", "qr");

  /**
   * @throws IllegalArgumentException with a sentence that says why it cannot be taken
   */
  public static Image of(String name, byte[] bytes) {
    checkName(name);
    if (bytes.length > MOST_BYTES)
      throw wrong("The image “" + name + "” is larger than 1 MB. Save it smaller.");
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) throw noPicture(name);
      ImageReader reader = readers.next();
      try {
        return read(name, bytes, reader, input);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException broken) {
      throw wrong("The image “" + name + "” is damaged.");
    }
  }

  private static Image read(String name, byte[] bytes, ImageReader reader, ImageInputStream input)
      throws IOException {
    String format = reader.getFormatName().toLowerCase(java.util.Locale.ROOT);
    if (!format.equals("png") && !format.equals("jpeg")) throw noPicture(name);
    reader.setInput(input, true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (width > MOST_PIXELS || height > MOST_PIXELS)
      throw wrong("The image “" + name + "” has more than 4000 pixels a side. Save it smaller.");
    // Unpacked once here, so that no print stumbles over it later.
    reader.read(0);
    return new Image(name, "image/" + format, width, height, bytes);
  }

  private static void checkName(String name) {
    if (!name.matches("[a-z][a-z0-9_-]{0,39}"))
      throw wrong(
          "An image's name has 1 to 40 small letters, digits, - and _, and starts with a letter.");
    if (OURS.contains(name))
      throw wrong("“" + name + "” is Postroom's own image; choose another name.");
  }

  private static IllegalArgumentException noPicture(String name) {
    return wrong("The image “" + name + "” must be a PNG or JPEG picture.");
  }

  private static IllegalArgumentException wrong(String sentence) {
    return new IllegalArgumentException(sentence);
  }
}
