package org.postroom.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection: bytes in, replies out. Replies wait until nothing more is to be read, so that a
 * group of commands is answered with one packet (RFC 2920). A line ends with CR LF and with nothing
 * else. Waits have no end here, see {@link Turn}.
 */
final class Wire {
  private final Socket raw;
  private final Turn turn;
  private final byte[] received = new byte[16 * 1024];
  private final byte[] leaving = new byte[2 * 1024];
  private InputStream in;
  private OutputStream out;
  private int next;
  private int end;
  private int filled;

  Wire(Socket raw, Turn turn) throws IOException {
    this.raw = raw;
    this.turn = turn;
    raw.setTcpNoDelay(true);
    this.in = raw.getInputStream();
    this.out = raw.getOutputStream();
  }

  /** TLS from here on; what was received before in the open is forgotten (RFC 3207 4.2). */
  void secure(SSLSocketFactory sockets) throws IOException {
    flush();
    var tls = (SSLSocket) sockets.createSocket(raw, null, true);
    tls.setUseClientMode(false);
    if (!turn.writes()) throw new EOFException();
    tls.startHandshake();
    if (!turn.works()) throw new EOFException();
    next = end = 0;
    in = tls.getInputStream();
    out = tls.getOutputStream();
  }

  String address() {
    return raw.getInetAddress().getHostAddress();
  }

  boolean fromThisMachine() {
    return raw.getInetAddress().isLoopbackAddress();
  }

  /** Whether the client said more than the line that was read last. */
  boolean hasMore() {
    return next < end;
  }

  void put(Reply reply) throws IOException {
    put(reply.bytes());
  }

  void put(byte[] bytes) throws IOException {
    if (bytes.length > leaving.length - filled) flush();
    if (bytes.length > leaving.length) throw new IllegalArgumentException("A reply is short.");
    System.arraycopy(bytes, 0, leaving, filled, bytes.length);
    filled += bytes.length;
  }

  void flush() throws IOException {
    if (filled == 0) return;
    if (!turn.writes()) throw new EOFException();
    out.write(leaving, 0, filled);
    filled = 0;
    if (!turn.works()) throw new EOFException();
  }

  /**
   * The next line without its CR LF; null where it is longer than that (it is read to its end).
   *
   * @throws BareLineEnd where a CR or LF stands alone: who writes so must not be guessed about
   */
  @Nullable String line(int longest) throws IOException, BareLineEnd {
    byte[] line = new byte[128];
    int length = 0;
    while (true) {
      if (next == end) fill();
      byte octet = received[next++];
      if (octet == '\n') throw new BareLineEnd();
      if (octet == '\r') {
        if (next == end) fill();
        if (received[next++] != '\n') throw new BareLineEnd();
        return length > longest ? null : new String(line, 0, length, StandardCharsets.UTF_8);
      }
      if (length <= longest) {
        if (length == line.length) line = Arrays.copyOf(line, length * 2);
        line[length++] = octet;
      }
    }
  }

  /** Reads a content to its end, which only CR LF . CR LF is. */
  void read(Content content) throws IOException {
    while (true) {
      if (next == end) fill();
      next = content.take(received, next, end);
      if (content.complete()) return;
    }
  }

  /** Closes without a word. */
  void close() {
    try {
      raw.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  /** Says farewell beside the session's own thread, which waits for the client; then closes. */
  void close(Reply farewell) {
    try {
      out.write(farewell.bytes());
    } catch (IOException gone) {
      // Then nobody listens.
    } finally {
      close();
    }
  }

  /** Sends what is left and closes; the other side reads it before it learns of the end. */
  void finish() {
    try {
      flush();
      // Closing over unread octets resets the connection, and our last reply is lost.
      if (hasMore() || raw.getInputStream().available() > 0) drain();
    } catch (IOException gone) {
      // The client went first.
    } finally {
      close();
    }
  }

  private void drain() throws IOException {
    raw.shutdownOutput();
    raw.setSoTimeout(500);
    InputStream unread = raw.getInputStream();
    for (int i = 0; i < 16; i++) if (unread.read(received) < 0) return;
  }

  private void fill() throws IOException {
    flush();
    if (!turn.waits()) throw new Stopping();
    int count = in.read(received);
    if (count < 0 || !turn.works()) throw new EOFException();
    next = 0;
    end = count;
  }

  /** Postroom stops: no further command is awaited. */
  static final class Stopping extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** CR or LF alone in a command. */
  static final class BareLineEnd extends Exception {
    private static final long serialVersionUID = 1;

    BareLineEnd() {
      super("", null, false, false);
    }
  }
}
