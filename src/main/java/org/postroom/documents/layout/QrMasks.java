package org.postroom.documents.layout;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the mask of a QR code (ISO/IEC 18004, 7.8.3) with whole rows as bits. The library weighs
 * module by module, which took as long as all the rest of a document. Between two masks of one size
 * and level always the same modules differ, so these differences are kept.
 */
final class QrMasks {
  private static final int MASKS = 8;

  /** A row has to fit a long. */
  private static final int WIDEST = 61;

  /** By width: what each mask changes of a code with mask 0. */
  private static final Map<Integer, long[][]> CHANGES = new ConcurrentHashMap<>();

  private QrMasks() {}

  /** The code with the mask that disturbs readers least, level M, without its quiet zone. */
  static ByteMatrix modules(String payload) {
    ByteMatrix plain = encoded(payload, 0);
    int width = plain.getWidth();
    if (width > WIDEST) return encoded(payload, null);
    long[] rows = rows(plain);
    long[][] changes = CHANGES.computeIfAbsent(width, any -> changes(payload, rows));
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int mask = 0; mask < MASKS; mask++) {
      int penalty = penalty(changed(rows, changes[mask]));
      if (penalty < least) best = mask;
      least = Math.min(least, penalty);
    }
    return matrix(changed(rows, changes[best]));
  }

  private static ByteMatrix encoded(String payload, @Nullable Integer mask) {
    Map<EncodeHintType, Object> hints = new HashMap<>();
    hints.put(EncodeHintType.CHARACTER_SET, "UTF-8");
    if (mask != null) hints.put(EncodeHintType.QR_MASK_PATTERN, mask);
    try {
      return Encoder.encode(payload, ErrorCorrectionLevel.M, hints).getMatrix();
    } catch (WriterException impossible) {
      throw new IllegalStateException("331 bytes fit every QR code", impossible);
    }
  }

  private static long[][] changes(String payload, long[] plain) {
    long[][] changes = new long[MASKS][];
    for (int mask = 0; mask < MASKS; mask++) {
      changes[mask] = changed(rows(encoded(payload, mask)), plain);
    }
    return changes;
  }

  private static long[] changed(long[] rows, long[] changes) {
    long[] changed = new long[rows.length];
    for (int y = 0; y < rows.length; y++) changed[y] = rows[y] ^ changes[y];
    return changed;
  }

  private static long[] rows(ByteMatrix modules) {
    long[] rows = new long[modules.getHeight()];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows.length; x++) rows[y] |= (long) modules.get(x, y) << x;
    }
    return rows;
  }

  private static ByteMatrix matrix(long[] rows) {
    ByteMatrix matrix = new ByteMatrix(rows.length, rows.length);
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows.length; x++) matrix.set(x, y, (int) (rows[y] >>> x & 1));
    }
    return matrix;
  }

  static int penalty(long[] rows) {
    long[] columns = turned(rows);
    return runs(rows)
        + runs(columns)
        + blocks(rows)
        + 40 * (finders(rows) + finders(columns))
        + balance(rows);
  }

  private static long[] turned(long[] rows) {
    long[] columns = new long[rows.length];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows.length; x++) columns[x] |= (rows[y] >>> x & 1) << y;
    }
    return columns;
  }

  /** Five or more modules of one colour in line: 3, and 1 more for each further one. */
  private static int runs(long[] rows) {
    long inside = (1L << (rows.length - 1)) - 1;
    int penalty = 0;
    for (long row : rows) {
      long same = ~(row ^ row >>> 1) & inside;
      long five = same & same >>> 1 & same >>> 2 & same >>> 3;
      penalty += Long.bitCount(five) + 2 * Long.bitCount(five & ~(five << 1));
    }
    return penalty;
  }

  /** Four modules of one colour in a square: 3. */
  private static int blocks(long[] rows) {
    long inside = (1L << (rows.length - 1)) - 1;
    int blocks = 0;
    for (int y = 0; y + 1 < rows.length; y++) {
      long beside = ~(rows[y] ^ rows[y] >>> 1) & ~(rows[y + 1] ^ rows[y + 1] >>> 1);
      blocks += Long.bitCount(beside & ~(rows[y] ^ rows[y + 1]) & inside);
    }
    return 3 * blocks;
  }

  /** What looks like a corner: dark 1, 3, 1 with light between, and four light beside it. */
  private static int finders(long[] rows) {
    long inside = (1L << rows.length) - 1;
    int finders = 0;
    for (long row : rows) {
      long light = ~row & inside;
      long corner = row & light >>> 1 & row >>> 2 & row >>> 3 & row >>> 4 & light >>> 5 & row >>> 6;
      long before = light << 1 & light << 2 & light << 3 & light << 4;
      long after = light >>> 7 & light >>> 8 & light >>> 9 & light >>> 10;
      finders += Long.bitCount(corner & (before | after));
    }
    return finders;
  }

  /** Each five percent away from half dark, half light: 10. */
  private static int balance(long[] rows) {
    int dark = 0;
    for (long row : rows) dark += Long.bitCount(row);
    int all = rows.length * rows.length;
    return Math.abs(dark * 2 - all) * 10 / all * 10;
  }
}
