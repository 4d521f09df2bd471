package org.postroom.documents.own;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * A PDF's first pages as pictures: shown by every browser, on phones too.
 *
 * @param count how many pages there are in all
 * @param pages {@code data:} addresses of PNGs
 */
public record PageImages(int count, List<String> pages) {
  private static final float WIDTH = 840;
  private static final float MOST_HEIGHT = 1400;

  public static PageImages of(byte[] pdf, int most) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFRenderer renderer = new PDFRenderer(document);
      List<String> pages = new ArrayList<>();
      int count = document.getNumberOfPages();
      for (int i = 0; i < Math.min(most, count); i++) {
        PDRectangle size = document.getPage(i).getMediaBox();
        // Also of a page as long as a road only so much is drawn.
        float scale = Math.min(WIDTH / size.getWidth(), MOST_HEIGHT / size.getHeight());
        pages.add(address(renderer.renderImage(i, scale, ImageType.RGB)));
      }
      return new PageImages(count, List.copyOf(pages));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String address(BufferedImage image) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
