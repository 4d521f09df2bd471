package org.postroom.documents.press;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outlines of a face (OpenType tables {@code glyf}, {@code loca}, {@code hmtx}), cut down to
 * what a PDF embeds. Glyphs keep their numbers and those left out are empty, so that text set once
 * fits every subset.
 */
final class FontProgram {
  private static final String[] KEPT = {
    "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"
  };
  private static final int MOST_TABLES = 64;
  private static final int DEEPEST = 8;

  // Flags of a composite glyph's parts.
  private static final int WORDS = 0x0001;
  private static final int SCALE = 0x0008;
  private static final int MORE = 0x0020;
  private static final int SCALES = 0x0040;
  private static final int MATRIX = 0x0080;

  private final Map<String, byte[]> tables = new LinkedHashMap<>();
  private final ByteBuffer outlines;
  private final int[] starts;

  FontProgram(byte[] sfnt) {
    ByteBuffer file = ByteBuffer.wrap(sfnt);
    int count = Math.min(MOST_TABLES, file.getShort(4) & 0xffff);
    for (int i = 0; i < count; i++) {
      int entry = 12 + 16 * i;
      String tag = new String(sfnt, entry, 4, StandardCharsets.US_ASCII);
      int from = file.getInt(entry + 8);
      if (Arrays.asList(KEPT).contains(tag))
        tables.put(tag, Arrays.copyOfRange(sfnt, from, from + file.getInt(entry + 12)));
    }
    outlines = ByteBuffer.wrap(table("glyf"));
    starts = starts();
  }

  /** A font file with these glyphs, the parts they are made of, and the one for "missing". */
  byte[] subset(BitSet wished) {
    BitSet glyphs = new BitSet();
    glyphs.set(0);
    wished.stream().forEach(glyph -> add(glyph, glyphs, 0));
    int size = 0;
    for (int glyph = glyphs.nextSetBit(0); glyph >= 0; glyph = glyphs.nextSetBit(glyph + 1)) {
      size += even(length(glyph));
    }
    ByteBuffer glyf = ByteBuffer.allocate(size);
    ByteBuffer loca = ByteBuffer.allocate(4 * starts.length);
    for (int glyph = 0; glyph + 1 < starts.length; glyph++) {
      loca.putInt(glyf.position());
      if (glyphs.get(glyph)) glyf.put(table("glyf"), starts[glyph], length(glyph));
      if ((glyf.position() & 1) == 1) glyf.put((byte) 0);
    }
    loca.putInt(glyf.position());
    return file(glyf.array(), loca.array(), metrics(glyphs));
  }

  private void add(int glyph, BitSet glyphs, int depth) {
    if (glyph + 1 >= starts.length || glyphs.get(glyph) || depth > DEEPEST) return;
    glyphs.set(glyph);
    int at = starts[glyph];
    if (length(glyph) < 10 || outlines.getShort(at) >= 0) return;
    int flags;
    at += 10;
    do {
      flags = outlines.getShort(at);
      add(outlines.getShort(at + 2) & 0xffff, glyphs, depth + 1);
      at += 4 + ((flags & WORDS) != 0 ? 4 : 2);
      at += (flags & SCALE) != 0 ? 2 : (flags & SCALES) != 0 ? 4 : (flags & MATRIX) != 0 ? 8 : 0;
    } while ((flags & MORE) != 0);
  }

  private byte[] metrics(BitSet glyphs) {
    byte[] metrics = table("hmtx").clone();
    int whole = ByteBuffer.wrap(table("hhea")).getShort(34) & 0xffff;
    // The last whole entry holds the width of all glyphs after it.
    for (int glyph = 0; glyph < whole - 1; glyph++) {
      if (!glyphs.get(glyph)) Arrays.fill(metrics, 4 * glyph, 4 * glyph + 4, (byte) 0);
    }
    return metrics;
  }

  private byte[] file(byte[] glyf, byte[] loca, byte[] hmtx) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    for (String tag : KEPT) if (tables.containsKey(tag)) parts.put(tag, table(tag));
    parts.put("glyf", glyf);
    parts.put("loca", loca);
    parts.put("hmtx", hmtx);
    byte[] head = table("head").clone();
    ByteBuffer.wrap(head).putShort(50, (short) 1); // loca holds whole offsets
    parts.put("head", head);
    return written(parts);
  }

  private static byte[] written(Map<String, byte[]> parts) {
    int size = 12 + 16 * parts.size();
    for (byte[] part : parts.values()) size += padded(part.length);
    ByteBuffer file = ByteBuffer.allocate(size);
    int highest = Integer.highestOneBit(parts.size());
    file.putInt(0x00010000).putShort((short) parts.size());
    file.putShort((short) (16 * highest))
        .putShort((short) Integer.numberOfTrailingZeros(highest))
        .putShort((short) (16 * (parts.size() - highest)));
    int offset = 12 + 16 * parts.size();
    for (Map.Entry<String, byte[]> part : parts.entrySet()) {
      file.put(part.getKey().getBytes(StandardCharsets.US_ASCII));
      file.putInt(checksum(part.getValue())).putInt(offset).putInt(part.getValue().length);
      file.put(offset, part.getValue());
      offset += padded(part.getValue().length);
    }
    return file.array();
  }

  private static int checksum(byte[] table) {
    ByteBuffer words = ByteBuffer.wrap(Arrays.copyOf(table, padded(table.length)));
    int sum = 0;
    while (words.hasRemaining()) sum += words.getInt();
    return sum;
  }

  private int[] starts() {
    ByteBuffer loca = ByteBuffer.wrap(table("loca"));
    boolean whole = ByteBuffer.wrap(table("head")).getShort(50) != 0;
    int glyphs = ByteBuffer.wrap(table("maxp")).getShort(4) & 0xffff;
    int[] found = new int[glyphs + 1];
    int end = table("glyf").length;
    for (int i = 0; i <= glyphs; i++) {
      int start = whole ? loca.getInt(4 * i) : 2 * (loca.getShort(2 * i) & 0xffff);
      found[i] = Math.clamp(start, 0, end);
    }
    return found;
  }

  private int length(int glyph) {
    return Math.max(0, starts[glyph + 1] - starts[glyph]);
  }

  private byte[] table(String tag) {
    byte[] table = tables.get(tag);
    if (table == null) throw new IllegalArgumentException("The font has no table " + tag);
    return table;
  }

  private static int even(int length) {
    return (length + 1) & ~1;
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
