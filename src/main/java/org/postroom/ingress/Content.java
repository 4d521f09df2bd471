package org.postroom.ingress;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What follows DATA, with its dots undone (RFC 5321 4.5.2). One automaton over the octets: the end
 * is CR LF . CR LF and nothing else, whatever else some servers take for it. What may be read in
 * two ways is read to that end and then refused, so that the commands after it are commands for
 * everybody.
 */
final class Content {
  /** What is wrong with it as lines; the first trouble counts. */
  enum Trouble {
    BARE_LINE_END("554 5.6.0 Line %d ends with CR or LF alone; lines end with CR LF"),
    NUL("554 5.6.0 Line %d has a NUL octet"),
    LONG_LINE(
        "554 5.6.0 Line %d has more than 998 octets; encode the text (quoted-printable or base64)"),
    TOO_LARGE("552 5.3.4 The message is larger than this server takes"),
    NO_ROOM("452 4.3.1 Too much mail is being received at this moment, try again");

    private final String sentence;

    Trouble(String sentence) {
      this.sentence = sentence;
    }
  }

  private enum At {
    LINE_START,
    DOT,
    DOT_CR,
    TEXT,
    CR
  }

  private final int largest;
  private final Room room;
  private byte[] octets;
  private long taken;
  private int length;
  private int lineStart;
  private long line = 1;
  private At at = At.LINE_START;
  private boolean complete;
  private @Nullable Trouble trouble;
  private long troubled;

  /**
   * @param expected octets as MAIL announced them, 0 where it did not
   */
  Content(int expected, int largest, Room room) {
    this.largest = largest;
    this.room = room;
    this.octets = new byte[Math.clamp(expected + 64, 16 * 1024, 256 * 1024)];
    take(octets.length);
  }

  /** Takes octets from there on; gives the place after the last one that belongs to it. */
  int take(byte[] from, int start, int end) {
    int i = start;
    while (i < end && !complete) {
      if (at == At.TEXT) i = text(from, i, end);
      else step(from[i++]);
    }
    return i;
  }

  boolean complete() {
    return complete;
  }

  /** The octets; the array is longer than {@link #length}. */
  byte[] octets() {
    return octets;
  }

  int length() {
    return length;
  }

  /** Why it is not taken, null where nothing is wrong with it. */
  @Nullable Reply refusal() {
    if (trouble == null) return null;
    String sentence = trouble.sentence.formatted(troubled);
    return new Reply(Integer.parseInt(sentence.substring(0, 3)), sentence.substring(4));
  }

  /** Gives the room back; nothing may be read after. */
  void release() {
    room.give(taken);
    taken = 0;
    octets = new byte[0];
    length = 0;
  }

  /** Ordinary octets at once: all up to the next one that may mean something. */
  private int text(byte[] from, int start, int end) {
    int i = start;
    while (i < end && (from[i] > '\r' || from[i] < 0 || isPlain(from[i]))) i++;
    append(from, start, i);
    if (i < end) step(from[i++]);
    return i;
  }

  private static boolean isPlain(byte octet) {
    return octet != '\r' && octet != '\n' && octet != 0;
  }

  private void step(byte octet) {
    switch (at) {
      case LINE_START -> {
        if (octet == '.') at = At.DOT;
        else plain(octet);
      }
      case DOT -> {
        if (octet == '\r') at = At.DOT_CR;
        else plain(octet); // the dot before it was doubled, or should have been
      }
      case DOT_CR -> {
        if (octet == '\n') complete = true;
        else {
          fail(Trouble.BARE_LINE_END);
          plain(octet);
        }
      }
      case CR -> {
        if (octet == '\n') endLine();
        else {
          fail(Trouble.BARE_LINE_END);
          plain(octet);
        }
      }
      case TEXT -> plain(octet);
    }
  }

  private void plain(byte octet) {
    at = octet == '\r' ? At.CR : At.TEXT;
    if (octet == '\r') return;
    if (octet == '\n') fail(Trouble.BARE_LINE_END);
    if (octet == 0) fail(Trouble.NUL);
    if (room(1)) octets[length++] = octet;
  }

  private void endLine() {
    at = At.LINE_START;
    if (length - lineStart > Bounds.CONTENT_LINE) fail(Trouble.LONG_LINE);
    if (room(2)) {
      octets[length++] = '\r';
      octets[length++] = '\n';
    }
    lineStart = length;
    line++;
  }

  private void append(byte[] from, int start, int end) {
    if (!room(end - start)) return;
    System.arraycopy(from, start, octets, length, end - start);
    length += end - start;
  }

  /** Nothing more is kept of what will be refused. */
  private boolean room(int more) {
    if (trouble != null) return false;
    if (length + more <= octets.length) return true;
    if (length + more > largest) {
      fail(Trouble.TOO_LARGE);
      return false;
    }
    int larger = (int) Math.min(largest, Math.max(length + (long) more, octets.length * 2L));
    if (!take(larger - octets.length)) return false;
    octets = Arrays.copyOf(octets, larger);
    return true;
  }

  private boolean take(int more) {
    if (!room.take(more)) {
      fail(Trouble.NO_ROOM);
      return false;
    }
    taken += more;
    return true;
  }

  private void fail(Trouble what) {
    if (trouble != null) return;
    trouble = what;
    troubled = line;
  }
}
