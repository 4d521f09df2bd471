package org.postroom.documents.press;

import java.util.Arrays;

/** Bytes that grow; writes numbers as PDF has them, without making strings. */
final class Bytes {
  private byte[] bytes;
  private int size;

  Bytes(int expected) {
    bytes = new byte[expected];
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  void clear() {
    size = 0;
  }

  Bytes add(int value) {
    if (size == bytes.length) room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  Bytes add(byte[] more) {
    return add(more, more.length);
  }

  Bytes add(byte[] more, int length) {
    room(length);
    System.arraycopy(more, 0, bytes, size, length);
    size += length;
    return this;
  }

  /** Latin-1 text. */
  @SuppressWarnings("deprecation")
  Bytes add(String text) {
    int length = text.length();
    room(length);
    text.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  Bytes number(int value) {
    if (value < 0) {
      add('-');
      return digits(-(long) value);
    }
    return digits(value);
  }

  /** With two decimals at most: a hundredth of a point is finer than any printer. */
  Bytes number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths < 0) {
      add('-');
      hundredths = -hundredths;
    }
    digits(hundredths / 100);
    int rest = (int) (hundredths % 100);
    if (rest == 0) return this;
    add('.').add('0' + rest / 10);
    return rest % 10 == 0 ? this : add('0' + rest % 10);
  }

  private Bytes digits(long value) {
    if (value >= 10) digits(value / 10);
    return add((int) ('0' + value % 10));
  }

  private void room(int more) {
    if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(2 * size, size + more));
  }
}
