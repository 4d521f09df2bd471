package org.postroom.documents.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One face of a font file as far as choosing needs it: which characters it has (OpenType tables
 * {@code cmap} formats 4 and 12) and whether it may and can be embedded (TrueType outlines, {@code
 * OS/2} permission). Reading only these tables keeps a look through hundreds of fonts fast.
 *
 * @param index of the face in a collection (.ttc), else 0
 */
record FontFile(Path path, int index, BitSet characters) {
  private static final int COLLECTION = 0x74746366; // ttcf
  private static final int MOST_FACES = 32;
  private static final int MOST_TABLES = 64;

  /** Restricted, no subsetting, bitmaps only: OS/2 fsType. */
  private static final int FORBIDDEN = 0x0002 | 0x0100 | 0x0200;

  record Table(int offset, int length) {}

  /** Faces of the file that can be embedded; files that are no sound fonts have none. */
  static Map<Integer, FontFile> faces(Path path) {
    Map<Integer, FontFile> faces = new LinkedHashMap<>();
    try (FileChannel channel = FileChannel.open(path)) {
      ByteBuffer file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      for (int index = 0; index < faceCount(file); index++) {
        int face = index;
        usable(path, face, file).ifPresent(font -> faces.put(face, font));
      }
    } catch (IOException | RuntimeException unsound) {
      return faces;
    }
    return faces;
  }

  /** Where the tables of a face lie. */
  static Map<Integer, Table> tables(ByteBuffer file, int index) {
    int start = file.getInt(0) == COLLECTION ? file.getInt(12 + 4 * index) : 0;
    int count = Math.min(MOST_TABLES, file.getShort(start + 4) & 0xffff);
    Map<Integer, Table> tables = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = start + 12 + 16 * i;
      tables.put(file.getInt(entry), new Table(file.getInt(entry + 8), file.getInt(entry + 12)));
    }
    return tables;
  }

  static int tag(String name) {
    return ByteBuffer.wrap(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).getInt();
  }

  private static int faceCount(ByteBuffer file) {
    return file.getInt(0) == COLLECTION ? Math.min(MOST_FACES, file.getInt(8)) : 1;
  }

  private static Optional<FontFile> usable(Path path, int index, ByteBuffer file) {
    Map<Integer, Table> tables = tables(file, index);
    Table os2 = tables.get(tag("OS/2"));
    Table cmap = tables.get(tag("cmap"));
    boolean outlines = tables.containsKey(tag("glyf")) && !tables.containsKey(tag("fvar"));
    if (!outlines || os2 == null || cmap == null) return Optional.empty();
    if ((file.getShort(os2.offset() + 8) & FORBIDDEN) != 0) return Optional.empty();
    return Optional.of(new FontFile(path, index, characters(file, cmap.offset())));
  }

  private static BitSet characters(ByteBuffer file, int cmap) {
    BitSet characters = new BitSet();
    int count = Math.min(MOST_TABLES, file.getShort(cmap + 2) & 0xffff);
    for (int i = 0; i < count; i++) {
      int entry = cmap + 4 + 8 * i;
      boolean unicode = file.getShort(entry) == 0 || isWindowsUnicode(file, entry);
      if (unicode) addFrom(file, cmap + file.getInt(entry + 4), characters);
    }
    return characters;
  }

  private static boolean isWindowsUnicode(ByteBuffer file, int entry) {
    int encoding = file.getShort(entry + 2);
    return file.getShort(entry) == 3 && (encoding == 1 || encoding == 10);
  }

  private static void addFrom(ByteBuffer file, int table, BitSet characters) {
    int format = file.getShort(table);
    if (format == 4) addSegments(file, table, characters);
    if (format == 12) addGroups(file, table, characters);
  }

  private static void addSegments(ByteBuffer file, int table, BitSet characters) {
    int doubled = file.getShort(table + 6) & 0xffff;
    for (int i = 0; i < doubled; i += 2) {
      int end = file.getShort(table + 14 + i) & 0xffff;
      int start = file.getShort(table + 16 + doubled + i) & 0xffff;
      if (start <= end && start != 0xffff) characters.set(start, Math.min(end, 0xfffe) + 1);
    }
  }

  private static void addGroups(ByteBuffer file, int table, BitSet characters) {
    int count = Math.min(100_000, file.getInt(table + 12));
    for (int i = 0; i < count; i++) {
      int group = table + 16 + 12 * i;
      int start = file.getInt(group);
      int end = file.getInt(group + 4);
      if (start >= 0 && start <= end && end <= Character.MAX_CODE_POINT) {
        characters.set(start, end + 1);
      }
    }
  }

  boolean has(int point) {
    return characters.get(point);
  }

  @Override
  public String toString() {
    return path + "#" + index;
  }
}
