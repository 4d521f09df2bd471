package org.postroom.documents.press;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * An image made ready for PDF once: RGB on white, without transparency.
 *
 * @param deflated its dots, compressed
 * @param pixels dots in a row
 * @param rows of dots
 * @param width as printed, in points
 */
public record Picture(byte[] deflated, int pixels, int rows, double width) {

  /**
   * @param width as printed, in points
   */
  public static Picture of(BufferedImage image, double width) {
    byte[] dots = new byte[3 * image.getWidth() * image.getHeight()];
    int[] row = new int[image.getWidth()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int argb : row) {
        int alpha = argb >>> 24;
        dots[at++] = onWhite(argb >> 16, alpha);
        dots[at++] = onWhite(argb >> 8, alpha);
        dots[at++] = onWhite(argb, alpha);
      }
    }
    return new Picture(Deflated.tightly(dots), image.getWidth(), image.getHeight(), width);
  }

  public double height() {
    return width * rows / pixels;
  }

  int writeTo(PdfFile file) {
    String entries =
        String.format(
            Locale.ROOT,
            "/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8",
            pixels,
            rows);
    return file.stream(entries, deflated);
  }

  private static byte onWhite(int channel, int alpha) {
    return (byte) (((channel & 0xff) * alpha + 255 * (255 - alpha)) / 255);
  }
}
