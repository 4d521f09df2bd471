package org.postroom.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to the sink: RFC 5321 as far as a well-behaved client goes, with pipelining. */
final class SinkSession implements Runnable {
  private static final int LONGEST_LINE = 16_384;
  private final SSLContext tls;
  private final Sink.Counts counts;
  private final Sink.Manners manners;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private boolean encrypted;

  SinkSession(Socket socket, SSLContext tls, Sink.Counts counts, Sink.Manners manners) {
    this.tls = tls;
    this.counts = counts;
    this.manners = manners;
    this.socket = socket;
    this.in = InputStream.nullInputStream();
    this.out = OutputStream.nullOutputStream();
  }

  @Override
  public void run() {
    counts.connections.incrementAndGet();
    try {
      use(socket);
      reply("220 sink.example ESMTP");
      while (answer(readLine())) {
        // one command a time
      }
    } catch (IOException gone) {
      // The client hung up, which is its good right.
    } finally {
      close();
    }
  }

  /** False when the conversation is over. */
  private boolean answer(@Nullable String line) throws IOException {
    if (line == null) return false;
    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "EHLO" -> reply(capabilities());
      case "STARTTLS" -> encrypt();
      case "AUTH" -> signIn(line);
      case "RCPT" -> {
        counts.recipients.incrementAndGet();
        reply("250 2.1.5 ok");
      }
      case "DATA" -> takeContent();
      case "HELO", "MAIL", "RSET", "NOOP" -> reply("250 2.0.0 ok");
      case "QUIT" -> {
        reply("221 2.0.0 bye");
        flush();
        return false;
      }
      default -> reply("500 5.5.1 unknown command");
    }
    return true;
  }

  private String capabilities() {
    String rest =
        (manners.pipelining() ? "250-PIPELINING\r\n" : "")
            + "250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n";
    String offer =
        encrypted ? "250-AUTH PLAIN LOGIN\r\n" : "250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n";
    return "250-sink.example\r\n" + rest + offer + "250 SIZE 104857600";
  }

  private void encrypt() throws IOException {
    reply("220 2.0.0 go ahead");
    flush();
    SSLSocket secure =
        (SSLSocket)
            tls.getSocketFactory().createSocket(socket, "sink.example", socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    counts.handshakes.incrementAndGet();
    encrypted = true;
    use(secure);
  }

  /** Any name and password will do; what counts is that the client went through it. */
  private void signIn(String line) throws IOException {
    String[] words = line.split(" ");
    boolean login = words.length > 1 && words[1].equalsIgnoreCase("LOGIN");
    int answersToCome = (login ? 2 : 1) - (words.length > 2 ? 1 : 0);
    for (int i = answersToCome; i > 0; i--) {
      reply("334 " + (login ? i == 2 ? "VXNlcm5hbWU6" : "UGFzc3dvcmQ6" : ""));
      if (readLine() == null) return;
    }
    counts.signIns.incrementAndGet();
    reply("235 2.7.0 welcome");
  }

  private void takeContent() throws IOException {
    reply("354 go ahead");
    flush();
    counts.bytes.addAndGet(skipContent());
    counts.messages.incrementAndGet();
    pause(manners.thinking());
    reply("250 2.0.0 taken");
  }

  /** Reads up to the line that is a single dot; how many bytes came before it. */
  private long skipContent() throws IOException {
    long length = 0;
    int matched = 2; // of CR LF . CR LF: the content begins at the beginning of a line
    while (matched < 5) {
      int next = in.read();
      if (next == -1) throw new IOException("ended within a content");
      length++;
      if (next == "\r\n.\r\n".charAt(matched)) matched++;
      else matched = next == '\r' ? 1 : 0;
    }
    return length - 3;
  }

  private @Nullable String readLine() throws IOException {
    if (in.available() == 0) flush();
    var line = new StringBuilder(80);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next == -1 || line.length() > LONGEST_LINE) return null;
      if (next != '\r') line.append((char) next);
    }
    return line.toString();
  }

  private void reply(String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Replies to pipelined commands leave together, as RFC 2920 asks. */
  private void flush() throws IOException {
    pause(manners.roundTrip());
    out.flush();
  }

  private static void pause(Duration length) throws IOException {
    if (length.isZero()) return;
    try {
      Thread.sleep(length);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IOException(closing);
    }
  }

  private void use(Socket next) throws IOException {
    socket = next;
    in = new Unlocked(next.getInputStream());
    out = new BufferedOutputStream(next.getOutputStream(), 4096);
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nothing was kept.
    }
  }

  /** A buffer for one reader: locking for each byte would cost more than all the rest. */
  private static final class Unlocked extends InputStream {
    private final InputStream source;
    private final byte[] buffer = new byte[65_536];
    private int at;
    private int end;

    Unlocked(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      if (at == end) {
        at = 0;
        end = Math.max(0, source.read(buffer));
        if (end == 0) return -1;
      }
      return buffer[at++] & 0xFF;
    }

    @Override
    public int available() throws IOException {
      return end - at + source.available();
    }
  }
}
