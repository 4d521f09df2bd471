package org.postroom.documents.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Parsed fonts. They are read while a PDF is made and are not safe to share, so each print borrows
 * one set and gives it back (see {@link TypefacePool}); parsing them anew for every document would
 * cost more than the rest of it.
 */
final class Typefaces {
  private static final String FOLDER = "/com/formdev/flatlaf/fonts/roboto/";

  private final TrueTypeFont regular = bundled("Roboto-Regular.ttf");
  private final TrueTypeFont medium = bundled("Roboto-Medium.ttf");
  private final Map<String, TrueTypeFont> found = new HashMap<>();

  TrueTypeFont regular() {
    return regular;
  }

  TrueTypeFont medium() {
    return medium;
  }

  TrueTypeFont of(FontFile file) {
    return found.computeIfAbsent(file.toString(), name -> parsed(file));
  }

  static boolean bundledHas(TrueTypeFont font, int point) {
    try {
      return font.getUnicodeCmapLookup().getGlyphId(point) != 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A font file that comes with Postroom. */
  static byte[] bundledFile(String name) {
    try (InputStream stream = Typefaces.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) throw new IllegalStateException(name + " is not on the class path");
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A face as a file of its own. */
  static byte[] file(FontFile file) {
    try {
      byte[] bytes = Files.readAllBytes(file.path());
      return file.path().toString().endsWith(".ttc") ? face(bytes, file.index()) : bytes;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static TrueTypeFont bundled(String name) {
    try {
      TrueTypeFont font = parse(bundledFile(name));
      // Looking for ligatures took two thirds of the time of a print, to find "fi".
      font.setEnableGsub(false);
      return font;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static TrueTypeFont parsed(FontFile file) {
    try {
      return parse(file(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static TrueTypeFont parse(byte[] bytes) throws IOException {
    return new TTFParser().parse(new RandomAccessReadBuffer(bytes));
  }

  /** One face of a collection as a font of its own: its table directory and its tables. */
  private static byte[] face(byte[] bytes, int index) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    Map<Integer, FontFile.Table> tables = FontFile.tables(file, index);
    int size = 12 + 16 * tables.size();
    for (FontFile.Table table : tables.values()) size += padded(table.length());
    ByteBuffer face = ByteBuffer.allocate(size);
    face.putInt(0x00010000).putShort((short) tables.size()).position(12);
    int offset = 12 + 16 * tables.size();
    for (Map.Entry<Integer, FontFile.Table> entry : tables.entrySet()) {
      FontFile.Table table = entry.getValue();
      face.putInt(entry.getKey()).putInt(0).putInt(offset).putInt(table.length());
      face.put(offset, bytes, table.offset(), table.length());
      offset += padded(table.length());
    }
    return face.array();
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
