package org.postroom.transport.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection: lines in, buffered bytes out, every wait with an end. Reads end by the socket's
 * own timeout; writes, and servers that drip bytes, by {@link Watch}, which closes what is overdue.
 */
final class Wire {
  private static final int MOST_PER_LINE = 16 * 1024;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Socket raw;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private final byte[] received = new byte[4 * 1024];
  private int next;
  private int end;
  private final byte[] leaving = new byte[32 * 1024];
  private int filled;
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean overdue;

  Wire(Socket raw) throws IOException {
    this.raw = raw;
    this.socket = raw;
    raw.setTcpNoDelay(true); // Otherwise the last packet waits for the server's delayed ACK.
    raw.setKeepAlive(true);
    this.in = raw.getInputStream();
    this.out = raw.getOutputStream();
  }

  /** Puts TLS on the connection; checks the certificate and that it is for this host. */
  SSLSession secure(SSLSocketFactory sockets, String host, Duration limit) throws IOException {
    var tls = (SSLSocket) sockets.createSocket(raw, host, raw.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.setSoTimeout(millis(limit));
    within(limit);
    try {
      tls.startHandshake();
    } finally {
      deadline = Long.MAX_VALUE;
    }
    socket = tls;
    in = tls.getInputStream();
    out = tls.getOutputStream();
    return tls.getSession();
  }

  boolean secured() {
    return socket != raw;
  }

  /** Bytes that nobody asked for are waiting: text before TLS, or a farewell on an idle line. */
  boolean hasUnread() {
    try {
      return next < end || raw.getInputStream().available() > 0;
    } catch (IOException gone) {
      return true;
    }
  }

  /** Text already received that no reply has claimed. */
  boolean hasBuffered() {
    return next < end;
  }

  void put(String line, Duration limit) throws IOException {
    put(line.getBytes(StandardCharsets.UTF_8), limit);
    put(LINE_END, limit);
  }

  void put(byte[] bytes, Duration limit) throws IOException {
    put(bytes, 0, bytes.length, limit);
  }

  void put(byte[] bytes, int from, int to, Duration limit) throws IOException {
    int done = from;
    while (done < to) {
      if (filled == leaving.length) flush(limit);
      int part = Math.min(to - done, leaving.length - filled);
      System.arraycopy(bytes, done, leaving, filled, part);
      filled += part;
      done += part;
    }
  }

  /** Makes room so that the next few bytes leave together with the next flush, not before. */
  void reserve(int bytes, Duration limit) throws IOException {
    if (leaving.length - filled < bytes) flush(limit);
  }

  void flush(Duration limit) throws IOException {
    within(limit);
    try {
      out.write(leaving, 0, filled);
      out.flush();
    } finally {
      filled = 0;
      deadline = Long.MAX_VALUE;
    }
  }

  /** The next line without its end. The moment is {@link System#nanoTime}. */
  byte[] line(long until) throws IOException {
    var line = new ByteArrayOutputStream(128);
    deadline = until;
    try {
      while (true) {
        if (next == end) fill(until);
        byte octet = received[next++];
        if (octet == '\n') return withoutReturn(line.toByteArray());
        line.write(octet);
        if (line.size() > MOST_PER_LINE) throw new Garbled("A line of the reply is too long.");
      }
    } finally {
      deadline = Long.MAX_VALUE;
    }
  }

  boolean timedOut(IOException failure) {
    return overdue || failure instanceof SocketTimeoutException;
  }

  /** Closes at once, without a farewell and without waiting for TLS's. */
  void abort() {
    try {
      raw.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  boolean closed() {
    return raw.isClosed();
  }

  /** Closes a connection whose wait should have ended; its thread sees the failure. */
  void abortIfOverdue(long now) {
    long limit = deadline;
    if (limit == Long.MAX_VALUE || now - limit < 0) return;
    overdue = true;
    abort();
  }

  String localAddress() {
    return raw.getLocalAddress().getHostAddress();
  }

  private void fill(long until) throws IOException {
    long left = until - System.nanoTime();
    if (left <= 0) throw new SocketTimeoutException("No answer in time.");
    socket.setSoTimeout(millis(Duration.ofNanos(left)));
    int count = in.read(received);
    if (count < 0) throw new EOFException("The server closed the connection.");
    next = 0;
    end = count;
  }

  private void within(Duration limit) {
    deadline = System.nanoTime() + limit.toNanos();
  }

  private static int millis(Duration limit) {
    return (int) Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
  }

  private static byte[] withoutReturn(byte[] line) {
    int length = line.length;
    if (length > 0 && line[length - 1] == '\r') return java.util.Arrays.copyOf(line, length - 1);
    return line;
  }

  /** The server sent what is no SMTP reply. */
  static final class Garbled extends IOException {
    private static final long serialVersionUID = 1;

    Garbled(String what) {
      super(what);
    }
  }
}
