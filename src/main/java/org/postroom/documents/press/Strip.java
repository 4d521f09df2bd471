package org.postroom.documents.press;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strip across the page, drawn as a whole; only one that is taller than a page is cut, between
 * its lines. Places are points from the strip's top and the frame's left.
 */
public final class Strip {
  /** A hair, so that sums of measures meet their limits. */
  private static final double HAIR = 0.01;

  private final List<Item> items = new ArrayList<>();
  private double height;
  private double before;
  private boolean keptWithNext;
  private @Nullable Strip head;

  /** Lines below each other; returns where they end. */
  public double lines(List<TextLine> lines, Style style, double x, double top) {
    double at = top;
    for (TextLine line : lines) {
      text(line, style, x, at);
      at += style.lineHeight();
    }
    return at;
  }

  public Strip text(TextLine line, Style style, double x, double top) {
    if (!line.runs().isEmpty()) items.add(new Item.Words(line, style, x, top));
    return grow(top + style.lineHeight());
  }

  /** Text that ends at {@code right}. */
  public Strip textTo(TextLine line, Style style, double right, double top) {
    return text(line, style, right - line.width(), top);
  }

  public Strip fill(int colour, double x, double top, double width, double tall) {
    items.add(new Item.Fill(colour, x, top, width, tall));
    return grow(top + tall);
  }

  /** An empty box to tick. */
  public Strip box(int colour, double x, double top, double side, double line) {
    fill(colour, x, top, side, line);
    fill(colour, x, top + side - line, side, line);
    fill(colour, x, top, line, side);
    return fill(colour, x + side - line, top, line, side);
  }

  /**
   * Bars that make one shape.
   *
   * @param bars x, y, width, height in turn, in units from its top left
   */
  public Strip bars(int[] bars, double x, double top, double unit, double tall) {
    items.add(new Item.Bars(bars, x, top, unit, tall));
    return grow(top + tall);
  }

  public Strip picture(Picture picture, double x, double top) {
    items.add(new Item.Image(picture, x, top));
    return grow(top + picture.height());
  }

  /** At least that tall. */
  public Strip grow(double least) {
    height = Math.max(height, least);
    return this;
  }

  /** Space above it, unless it opens a page. */
  public Strip before(double space) {
    before = space;
    return this;
  }

  public Strip keepWithNext() {
    keptWithNext = true;
    return this;
  }

  /** What stands above it wherever a page begins with it, and once before the first of them. */
  public Strip under(Strip repeated) {
    head = repeated;
    return this;
  }

  public double height() {
    return height;
  }

  double before() {
    return before;
  }

  boolean keptWithNext() {
    return keptWithNext;
  }

  @Nullable Strip head() {
    return head;
  }

  void draw(Ink ink, double left, double top) {
    for (Item item : items) item.draw(ink, left, top);
  }

  /** Where it can be cut at or above {@code limit} without cutting through a line; 0: nowhere. */
  double cut(double limit) {
    double cut = limit;
    for (boolean sound = false; !sound && cut > 0; ) {
      sound = true;
      for (Item item : items) {
        boolean through = item.top() < cut - HAIR && item.bottom() > cut + HAIR;
        if (through && !(item instanceof Item.Fill)) {
          cut = item.top();
          sound = false;
        }
      }
    }
    return Math.max(0, cut);
  }

  Strip above(double cut) {
    Strip part = new Strip().grow(cut);
    for (Item item : items) {
      if (item.bottom() <= cut + HAIR) part.items.add(item);
      else if (item.top() < cut && item instanceof Item.Fill fill) part.items.add(fill.above(cut));
    }
    return part;
  }

  Strip below(double cut) {
    Strip part = new Strip().grow(height - cut);
    part.keptWithNext = keptWithNext;
    part.head = head;
    for (Item item : items) {
      if (item.bottom() <= cut + HAIR) continue;
      Item rest = item.top() < cut && item instanceof Item.Fill fill ? fill.below(cut) : item;
      part.items.add(rest.lifted(cut));
    }
    return part;
  }
}
