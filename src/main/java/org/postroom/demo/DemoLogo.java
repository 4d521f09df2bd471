package org.postroom.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The firm's mark, drawn: a windmill. */
final class DemoLogo {
  private static final int SIZE = 320;
  private static final Color CREAM = new Color(0xfff8ec);

  private DemoLogo() {}

  static byte[] png(Color colour) {
    var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(colour);
    pen.fill(new Ellipse2D.Double(4, 4, SIZE - 8, SIZE - 8));
    pen.setColor(CREAM);
    pen.fill(polygon(134, 150, 186, 150, 212, 276, 108, 276));
    pen.setColor(colour);
    pen.fill(polygon(148, 236, 172, 236, 172, 276, 148, 276));
    for (int sail = 0; sail < 4; sail++) sail(pen, Math.toRadians(45 + 90 * sail));
    pen.fill(new Ellipse2D.Double(150, 122, 20, 20));
    pen.dispose();
    return encoded(image);
  }

  private static void sail(Graphics2D pen, double angle) {
    AffineTransform before = pen.getTransform();
    pen.rotate(angle, 160, 132);
    pen.setColor(CREAM);
    pen.setStroke(new BasicStroke(8, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(polygon(160, 132, 160, 30, 160, 132));
    pen.fill(polygon(166, 36, 192, 36, 192, 104, 166, 104));
    pen.setTransform(before);
  }

  private static Path2D polygon(double... points) {
    var path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
    path.closePath();
    return path;
  }

  private static byte[] encoded(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }
}
