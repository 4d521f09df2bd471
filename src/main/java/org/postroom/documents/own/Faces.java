package org.postroom.documents.own;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.postroom.documents.layout.Workshop;

/** Parsed fonts for one print at a time: they are read while a PDF is made. */
final class Faces {
  private static final String FOLDER = "/com/formdev/flatlaf/fonts/roboto/";
  private static final int COLLECTION = 0x74746366; // ttcf

  /** A bundled face and what it is for. */
  record Bundled(String file, int weight, boolean italic) {}

  static final List<Bundled> ROBOTO =
      List.of(
          new Bundled("Roboto-Regular.ttf", 400, false),
          new Bundled("Roboto-Medium.ttf", 500, false),
          new Bundled("Roboto-Bold.ttf", 700, false),
          new Bundled("Roboto-Italic.ttf", 400, true),
          new Bundled("Roboto-BoldItalic.ttf", 700, true));

  private final Map<String, TrueTypeFont> bundled = new HashMap<>();
  private final Map<Workshop.Font, TrueTypeFont> found = new HashMap<>();

  TrueTypeFont of(Bundled face) {
    return bundled.computeIfAbsent(face.file(), Faces::read);
  }

  TrueTypeFont of(Workshop.Font font) {
    return found.computeIfAbsent(font, Faces::read);
  }

  /** The characters that the bundled typeface lacks. */
  BitSet missing(CharSequence text) {
    TrueTypeFont regular = of(ROBOTO.getFirst());
    BitSet missing = new BitSet();
    Workshop.drawn(text)
        .filter(point -> point > 0x17f && !Character.isWhitespace(point) && !has(regular, point))
        .forEach(missing::set);
    return missing;
  }

  private static boolean has(TrueTypeFont font, int point) {
    try {
      return font.getUnicodeCmapLookup().getGlyphId(point) != 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static TrueTypeFont read(String name) {
    try (InputStream stream = Faces.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) throw new IllegalStateException(name + " is not on the class path");
      TrueTypeFont font = parse(stream.readAllBytes());
      // Looking for ligatures takes longer than the rest of a print, to find "fi".
      font.setEnableGsub(false);
      return font;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static TrueTypeFont read(Workshop.Font font) {
    try {
      byte[] file = Files.readAllBytes(font.path());
      boolean many = ByteBuffer.wrap(file).getInt(0) == COLLECTION;
      return parse(many ? face(file, font.index()) : file);
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
    int start = file.getInt(12 + 4 * index);
    int count = file.getShort(start + 4) & 0xffff;
    Map<Integer, int[]> tables = new TreeMap<>();
    int size = 12 + 16 * count;
    for (int i = 0; i < count; i++) {
      int entry = start + 12 + 16 * i;
      int[] table = {file.getInt(entry + 8), file.getInt(entry + 12)};
      tables.put(file.getInt(entry), table);
      size += (table[1] + 3) & ~3;
    }
    ByteBuffer face = ByteBuffer.allocate(size);
    face.putInt(0x00010000).putShort((short) count).position(12);
    int offset = 12 + 16 * count;
    for (Map.Entry<Integer, int[]> table : tables.entrySet()) {
      int length = table.getValue()[1];
      face.putInt(table.getKey()).putInt(0).putInt(offset).putInt(length);
      face.put(offset, bytes, table.getValue()[0], length);
      offset += (length + 3) & ~3;
    }
    return face.array();
  }
}
