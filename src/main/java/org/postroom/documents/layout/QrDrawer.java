package org.postroom.documents.layout;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Draws the code as one shape of black bars: sharp at every size, and small. */
final class QrDrawer implements FSObjectDrawer {
  static final String TYPE = "application/x-postroom-qr";

  @Override
  public @Nullable Map<Shape, String> drawObject(
      Element element,
      double x,
      double y,
      double width,
      double height,
      OutputDevice device,
      RenderingContext context,
      int dotsPerPixel) {
    ByteMatrix modules = EpcCode.modules(element.getAttribute("data-payload"));
    double size = width / dotsPerPixel;
    device.drawWithGraphics(
        (float) x,
        (float) y,
        (float) width,
        (float) height,
        graphics -> {
          graphics.setColor(Color.BLACK);
          graphics.fill(bars(modules, size / modules.getWidth()));
        });
    return null;
  }

  private static Path2D bars(ByteMatrix modules, double side) {
    Path2D path = new Path2D.Double();
    for (int row = 0; row < modules.getHeight(); row++) {
      int from = 0;
      while (from < modules.getWidth()) {
        int to = from;
        while (to < modules.getWidth() && modules.get(to, row) == 1) to++;
        if (to > from) bar(path, from * side, row * side, (to - from) * side, side);
        from = to + 1;
      }
    }
    return path;
  }

  private static void bar(Path2D path, double x, double y, double width, double height) {
    path.moveTo(x, y);
    path.lineTo(x + width, y);
    path.lineTo(x + width, y + height);
    path.lineTo(x, y + height);
    path.closePath();
  }
}
