package org.postroom.documents.press;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;

/**
 * Parts the bundled typeface is embedded in. A document gets whole alphabets, never single letters:
 * so the same few font programs serve all documents and are made once.
 */
enum Alphabet {
  BASIC(0x20, 0x7e, 0xa0, 0xff, 0x2010, 0x2026, 0x2030, 0x2030, 0x20ac, 0x20ac, 0x2212, 0x2212),
  LATIN(0x100, 0x24f, 0x2b0, 0x36f),
  GREEK(0x370, 0x3ff, 0x1f00, 0x1fff),
  CYRILLIC(0x400, 0x52f),
  VIETNAMESE(0x1e00, 0x1eff),
  REST(0x530, 0x1dff, 0x2000, 0x25ff);

  private static final byte[] OF = new byte[0x2600];

  private final int[] ranges;

  static {
    for (Alphabet alphabet : values()) alphabet.claim();
  }

  Alphabet(int... ranges) {
    this.ranges = ranges;
  }

  private void claim() {
    for (int i = 0; i < ranges.length; i += 2) {
      for (int point = ranges[i]; point <= ranges[i + 1]; point++) {
        if (OF[point] == 0) OF[point] = bit();
      }
    }
  }

  /** The bit of the character's alphabet; alphabets in use add up to one number. */
  static int bit(int point) {
    return point < OF.length ? OF[point] : REST.bit();
  }

  static Set<Alphabet> of(int bits) {
    EnumSet<Alphabet> set = EnumSet.noneOf(Alphabet.class);
    for (Alphabet alphabet : values()) if ((bits & alphabet.bit()) != 0) set.add(alphabet);
    return set;
  }

  /** The characters of all these alphabets. */
  static BitSet characters(int bits) {
    BitSet characters = new BitSet();
    for (int point = 0; point < OF.length; point++) {
      if ((OF[point] & bits) != 0) characters.set(point);
    }
    return characters;
  }

  private byte bit() {
    return (byte) (1 << ordinal());
  }
}
