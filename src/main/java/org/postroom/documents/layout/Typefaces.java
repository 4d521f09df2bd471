package org.postroom.documents.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Map;

/** Font files as one face each: the bundled ones, and those of this machine. */
final class Typefaces {
  private static final String FOLDER = "/com/formdev/flatlaf/fonts/roboto/";

  private Typefaces() {}

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
