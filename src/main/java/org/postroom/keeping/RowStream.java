package org.postroom.keeping;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rows as bytes, the same for every database: {@code R} and then each value behind a letter for its
 * kind (N null, L long, T text in UTF-8, B bytes; the latter two with their length in 32 bits, all
 * numbers big-endian); {@code E} ends the table.
 */
final class RowStream {
  /** No value of ours is larger; a damaged length must not ask for all memory. */
  private static final int LONGEST = 512_000_000;

  private RowStream() {}

  static final class Writer {
    private final DataOutputStream out;
    private long rows;

    Writer(OutputStream out) {
      this.out = new DataOutputStream(out);
    }

    void write(@Nullable Object[] values) throws IOException {
      out.writeByte('R');
      for (Object value : values) write(value);
      rows++;
    }

    private void write(@Nullable Object value) throws IOException {
      switch (value) {
        case null -> out.writeByte('N');
        case Long number -> {
          out.writeByte('L');
          out.writeLong(number);
        }
        case byte[] bytes -> sized('B', bytes);
        default -> sized('T', value.toString().getBytes(StandardCharsets.UTF_8));
      }
    }

    private void sized(char kind, byte[] bytes) throws IOException {
      out.writeByte(kind);
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    /** Ends the table; how many rows it has. */
    long end() throws IOException {
      out.writeByte('E');
      out.flush();
      return rows;
    }
  }

  static final class Reader {
    private final DataInputStream in;
    private final int columns;

    Reader(InputStream in, int columns) {
      this.in = new DataInputStream(in);
      this.columns = columns;
    }

    /** The next row, null after the last. */
    @Nullable Object @Nullable [] next() throws IOException {
      int mark = in.readUnsignedByte();
      if (mark == 'E') return null;
      if (mark != 'R') throw new IOException("A row does not begin as a row does.");
      @Nullable Object[] values = new @Nullable Object[columns];
      for (int i = 0; i < columns; i++) values[i] = value();
      return values;
    }

    private @Nullable Object value() throws IOException {
      int kind = in.readUnsignedByte();
      return switch (kind) {
        case 'N' -> null;
        case 'L' -> in.readLong();
        case 'T' -> new String(sized(), StandardCharsets.UTF_8);
        case 'B' -> sized();
        default -> throw new IOException("A value has no kind that is known.");
      };
    }

    private byte[] sized() throws IOException {
      int length = in.readInt();
      if (length < 0 || length > LONGEST)
        throw new IOException("A value is longer than any can be.");
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) throw new EOFException("The table ends in the middle of a value.");
      return bytes;
    }
  }
}
