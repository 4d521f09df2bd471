package org.postroom.documents.press;

/** One thing drawn in a strip; places are points from the strip's top and the frame's left. */
sealed interface Item {
  double top();

  double bottom();

  Item lifted(double by);

  void draw(Ink ink, double left, double top);

  record Words(TextLine line, Style style, double x, double top) implements Item {
    @Override
    public double bottom() {
      return top + style.lineHeight();
    }

    @Override
    public Item lifted(double by) {
      return new Words(line, style, x, top - by);
    }

    @Override
    public void draw(Ink ink, double left, double stripTop) {
      ink.text(line, style, left + x, stripTop + top + style.baseline());
    }
  }

  record Fill(int colour, double x, double top, double width, double height) implements Item {
    @Override
    public double bottom() {
      return top + height;
    }

    @Override
    public Item lifted(double by) {
      return new Fill(colour, x, top - by, width, height);
    }

    @Override
    public void draw(Ink ink, double left, double stripTop) {
      ink.fill(colour, left + x, stripTop + top, width, height);
    }

    Fill above(double cut) {
      return new Fill(colour, x, top, width, cut - top);
    }

    Fill below(double cut) {
      return new Fill(colour, x, cut, width, bottom() - cut);
    }
  }

  record Bars(int[] bars, double x, double top, double unit, double height) implements Item {
    @Override
    public double bottom() {
      return top + height;
    }

    @Override
    public Item lifted(double by) {
      return new Bars(bars, x, top - by, unit, height);
    }

    @Override
    public void draw(Ink ink, double left, double stripTop) {
      ink.bars(0, left + x, stripTop + top, unit, bars);
    }
  }

  /** The document's one picture. */
  record Image(Picture picture, double x, double top) implements Item {
    @Override
    public double bottom() {
      return top + picture.height();
    }

    @Override
    public Item lifted(double by) {
      return new Image(picture, x, top - by);
    }

    @Override
    public void draw(Ink ink, double left, double stripTop) {
      ink.picture(0, left + x, stripTop + top, picture.width(), picture.height());
    }
  }
}
