package org.postroom.documents.layout;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.postroom.documents.press.Picture;

/**
 * A company's logo, made ready for print: decoded once, with a limit on its pixels, and reduced to
 * what its place on the page can show. SVG and broken images give none; the name stands there then.
 */
final class Logo {
  private static final long MOST_PIXELS = 25_000_000;
  private static final int MOST_WIDTH_MM = 70;
  private static final int MOST_HEIGHT_MM = 20;
  private static final double PIXELS_PER_MM = 300 / 25.4;

  private Logo() {}

  static Optional<Picture> of(byte[] bytes) {
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) return Optional.empty();
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        return pixels > MOST_PIXELS ? Optional.empty() : Optional.of(printed(reader.read(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException broken) {
      // Decoders throw all sorts at hostile bytes; a document goes out without its logo then.
      return Optional.empty();
    }
  }

  private static Picture printed(BufferedImage image) {
    double ratio = (double) image.getWidth() / image.getHeight();
    double width = Math.min(MOST_WIDTH_MM, MOST_HEIGHT_MM * ratio);
    int pixels = (int) Math.max(1, Math.min(image.getWidth(), width * PIXELS_PER_MM));
    int height = (int) Math.max(1, Math.round(pixels / ratio));
    return Picture.of(scaled(image, pixels, height), Math.max(1, width) * Look.MM);
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    boolean clear = image.getColorModel().hasAlpha();
    int type = clear ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage scaled = new BufferedImage(width, height, type);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }
}
