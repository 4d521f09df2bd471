package org.postroom.documents.press;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fills pages with strips, top to bottom, and makes them a file. A page that is full is compressed
 * and done with, so that long documents take little memory. For one thread.
 */
public final class Pages {
  private static final double HAIR = 0.01;

  /** Room worth starting a strip in that is taller than a page. */
  private static final double LEAST = 40;

  private final Frame frame;
  private final Fonts fonts;
  private final Furniture furniture;
  private final List<byte[]> full = new ArrayList<>();
  private final Ink ink;
  private double at;
  private boolean fresh = true;
  private @Nullable Strip head;

  public Pages(Frame frame, Fonts fonts, Furniture furniture) {
    this.frame = frame;
    this.fonts = fonts;
    this.furniture = furniture;
    this.ink = new Ink(frame.sheetHeight());
    this.at = frame.firstTop();
  }

  /** Draws strips one after the other, those that are kept together on one page where they fit. */
  public void place(Iterator<Strip> strips) {
    List<Strip> group = new ArrayList<>();
    while (strips.hasNext()) {
      Strip strip = strips.next();
      group.add(strip);
      if (strip.keptWithNext() && strips.hasNext()) continue;
      if (!fresh && height(group, head, false) > room() + HAIR && fitsAPage(group)) turn();
      group.forEach(this::draw);
      group.clear();
    }
  }

  /** The finished file. Equal content gives equal bytes. */
  public byte[] finish(About about, @Nullable Picture picture) {
    if (!ink.isEmpty() || full.isEmpty()) turn();
    PdfFile file = new PdfFile(48 * 1024);
    int tree = file.reserve();
    Ink foot = new Ink(frame.sheetHeight());
    furniture.foot().draw(foot, frame.left(), frame.end() + frame.foot());
    int footing = file.stream("", foot.deflated());
    List<Integer> pages = new ArrayList<>();
    int resources = file.reserve();
    for (int page = 0; page < full.size(); page++) {
      pages.add(page(file, tree, resources, page, footing));
    }
    file.object(resources, "<<" + fonts.writeTo(file) + pictures(file, picture) + ">>");
    file.object(tree, tree(pages));
    int catalog =
        file.object(
            "<</Type/Catalog/Pages "
                + tree
                + " 0 R/Lang"
                + PdfFile.text(about.language())
                + "/ViewerPreferences<</DisplayDocTitle true>>>>");
    return file.finish(catalog, file.object(about.entries()), id(about));
  }

  private double height(List<Strip> group, @Nullable Strip standing, boolean opensPage) {
    double height = 0;
    Strip above = standing;
    boolean first = opensPage;
    for (Strip strip : group) {
      Strip wished = strip.head();
      if (wished != null && wished != above) {
        height += (first ? 0 : wished.before()) + wished.height();
      } else if (!first) {
        height += strip.before();
      }
      height += strip.height();
      above = wished;
      first = false;
    }
    return height;
  }

  private boolean fitsAPage(List<Strip> group) {
    return height(group, null, true) <= frame.end() - frame.top() + HAIR;
  }

  private void draw(Strip strip) {
    boolean whole = fitsAPage(List.of(strip));
    double least = whole ? height(List.of(strip), head, fresh) : LEAST;
    if (!fresh && least > room() + HAIR) turn();
    Strip wished = strip.head();
    if (wished != null && wished != head) {
      put(wished);
      strip.before(0);
    }
    head = wished;
    if ((fresh ? 0 : strip.before()) + strip.height() > room() + HAIR) {
      drawInParts(strip);
    } else {
      put(strip);
    }
  }

  private void drawInParts(Strip strip) {
    double space = fresh ? 0 : strip.before();
    double cut = strip.cut(room() - space);
    // What cannot be cut and fits no page is cut where the page ends.
    double end = cut > 0 ? cut : Math.max(LEAST, room() - space);
    put(strip.above(end).before(space));
    turn();
    draw(strip.below(end));
  }

  private void put(Strip strip) {
    if (!fresh) at += strip.before();
    strip.draw(ink, frame.left(), at);
    at += strip.height();
    fresh = false;
  }

  private double room() {
    return frame.end() - at;
  }

  private void turn() {
    if (!full.isEmpty()) furniture.runner().draw(ink, frame.left(), frame.runner());
    full.add(ink.deflated());
    ink.clear();
    at = frame.top();
    head = null;
    fresh = true;
  }

  private int page(PdfFile file, int tree, int resources, int page, int footing) {
    Ink number = new Ink(frame.sheetHeight());
    Strip strip = furniture.number(page + 1, full.size());
    strip.draw(number, frame.left(), frame.end() + frame.foot());
    int content = file.stream("", full.get(page));
    int numbering = file.plain(number.content());
    return file.object(
        String.format(
            Locale.ROOT,
            "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Resources %d 0 R"
                + "/Contents[%d 0 R %d 0 R %d 0 R]>>",
            tree,
            frame.sheetWidth(),
            frame.sheetHeight(),
            resources,
            content,
            footing,
            numbering));
  }

  private static String pictures(PdfFile file, @Nullable Picture picture) {
    return picture == null ? "" : "/XObject<</I0 " + picture.writeTo(file) + " 0 R>>";
  }

  private static String tree(List<Integer> pages) {
    StringBuilder kids = new StringBuilder("<</Type/Pages/Kids[");
    pages.forEach(page -> kids.append(page).append(" 0 R "));
    return kids.append("]/Count ").append(pages.size()).append(">>").toString();
  }

  private String id(About about) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(about.entries().getBytes(StandardCharsets.UTF_8));
      full.forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
