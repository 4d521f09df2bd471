package org.postroom.transport.ews;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One connection: bytes in and out, every wait with an end. Used by one thread at a time. */
final class Wire {
  private final Socket raw;
  private final Alarm alarm;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private @Nullable X509Certificate certificate;
  private final byte[] received = new byte[8 * 1024];
  private int next;
  private int end;
  private volatile boolean overdue;

  Wire(Socket raw, Alarm alarm) throws IOException {
    this.raw = raw;
    this.socket = raw;
    this.alarm = alarm;
    raw.setTcpNoDelay(true);
    raw.setKeepAlive(true);
    this.in = raw.getInputStream();
    this.out = raw.getOutputStream();
  }

  /** Something that waits for the other side. */
  interface Talk<T> {
    T run() throws IOException;
  }

  /** Puts TLS on the connection; checks the certificate and that it is for this host. */
  SSLSession secure(SSLSocketFactory sockets, String host, Duration limit) throws IOException {
    return within(
        limit,
        () -> {
          var tls = (SSLSocket) sockets.createSocket(raw, host, raw.getPort(), true);
          SSLParameters parameters = tls.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          tls.setSSLParameters(parameters);
          tls.startHandshake();
          socket = tls;
          in = tls.getInputStream();
          out = tls.getOutputStream();
          certificate = certificate(tls.getSession());
          return tls.getSession();
        });
  }

  /** The server's, where the connection is private. */
  @Nullable X509Certificate certificate() {
    return certificate;
  }

  void put(byte[] bytes, Duration limit) throws IOException {
    put(bytes, bytes.length, limit);
  }

  void put(byte[] bytes, int length, Duration limit) throws IOException {
    within(
        limit,
        () -> {
          out.write(bytes, 0, length);
          out.flush();
          return true;
        });
  }

  /** Reads; the connection is closed when the time is up. */
  <T> T within(Duration limit, Talk<T> talk) throws IOException {
    var ring = alarm.in(limit, this::ring);
    try {
      return talk.run();
    } finally {
      ring.cancel(false);
    }
  }

  /** The next octet; the end of the stream is a failure. */
  int octet() throws IOException {
    if (next == end && !fill()) throw new EOFException("The server closed the connection.");
    return received[next++] & 0xff;
  }

  /** At most that many octets into the array; -1 at the end of the stream. */
  int some(byte[] into, int from, int most) throws IOException {
    if (next == end && !fill()) return -1;
    int count = Math.min(most, end - next);
    System.arraycopy(received, next, into, from, count);
    next += count;
    return count;
  }

  /** Whether anything comes within the time; a closed connection is a failure. */
  boolean speaks(Duration limit) throws IOException {
    if (next < end) return true;
    socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    try {
      if (!fill()) throw new EOFException("The server closed the connection.");
      return true;
    } catch (SocketTimeoutException silence) {
      return false;
    } finally {
      if (!raw.isClosed()) socket.setSoTimeout(0);
    }
  }

  /** The server has closed an unused connection, or said something nobody asked for. */
  boolean stale() {
    try {
      return speaks(Duration.ofMillis(1));
    } catch (IOException gone) {
      return true;
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

  private void ring() {
    overdue = true;
    abort();
  }

  private boolean fill() throws IOException {
    int count = in.read(received);
    if (count < 0) return false;
    next = 0;
    end = count;
    return true;
  }

  private static @Nullable X509Certificate certificate(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate found ? found : null;
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }
}
