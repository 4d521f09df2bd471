package org.postroom.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A mail server that does each thing wrong now and then, and counts how often it took each message.
 */
final class FaultySink implements AutoCloseable {
  private final ServerSocket listening;
  private final double share;
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> faults = new ConcurrentSkipListMap<>();
  private final AtomicLong open = new AtomicLong();

  /**
   * @param share of each fault, such as 0.01
   */
  FaultySink(double share) {
    this.share = share;
    try {
      listening = new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofPlatform().daemon().name("faulty-sink").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How often each message was taken, by Postroom's id of it. */
  Map<String, Integer> taken() {
    return taken;
  }

  Map<String, AtomicLong> faults() {
    return faults;
  }

  long openConnections() {
    return open.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException alreadyClosed) {
      // Nothing listens any more.
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    open.incrementAndGet();
    try (socket) {
      socket.setTcpNoDelay(true);
      new Talk(socket).run();
    } catch (IOException gone) {
      // The client hung up, or we did.
    } finally {
      open.decrementAndGet();
    }
  }

  private boolean now(String fault) {
    if (ThreadLocalRandom.current().nextDouble() >= share) return false;
    faults.computeIfAbsent(fault, none -> new AtomicLong()).incrementAndGet();
    return true;
  }

  private final class Talk {
    private final BufferedReader in;
    private final OutputStream out;
    private boolean recipient;

    Talk(Socket socket) throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      out = socket.getOutputStream();
    }

    void run() throws IOException {
      if (now("connection dropped at once")) return;
      if (now("greeting 421")) {
        say("421 4.3.2 busy");
        return;
      }
      say("220 sink.example");
      String line;
      while ((line = in.readLine()) != null) if (!answered(line)) return;
    }

    private boolean answered(String line) throws IOException {
      String verb = line.length() < 4 ? line : line.substring(0, 4);
      switch (verb) {
        case "EHLO" -> say("250-sink.example\r\n250-PIPELINING\r\n250 8BITMIME");
        case "MAIL" -> {
          recipient = false;
          if (now("MAIL 421")) {
            say("421 4.3.2 closing");
            return false;
          }
          say("250 2.1.0 ok");
        }
        case "RCPT" -> {
          boolean later = now("RCPT 450");
          boolean never = !later && now("RCPT 550");
          recipient = !later && !never;
          say(later ? "450 4.2.0 greylisted" : never ? "550 5.1.1 unknown" : "250 2.1.5 ok");
        }
        case "DATA" -> {
          return data();
        }
        case "RSET", "NOOP" -> say("250 2.0.0 ok");
        case "QUIT" -> {
          say("221 2.0.0 bye");
          return false;
        }
        default -> say("502 5.5.1 what?");
      }
      return true;
    }

    private boolean data() throws IOException {
      if (!recipient) {
        say("554 5.5.1 no valid recipients");
        return true;
      }
      if (now("DATA 451")) {
        say("451 4.3.0 not now");
        return true;
      }
      if (now("dropped at DATA")) return false;
      say("354 go on");
      String id = content();
      if (now("dropped after the dot, not taken")) return false;
      if (now("content 554")) return refused("554 5.6.0 not like this");
      if (now("content 451")) return refused("451 4.3.0 not now");
      taken.merge(id, 1, Integer::sum);
      if (now("dropped after the dot, taken")) return false;
      if (now("answer after two seconds")) LockSupport.parkNanos(2_000_000_000L);
      say("250 2.0.0 kept");
      return true;
    }

    private boolean refused(String reply) throws IOException {
      say(reply);
      return true;
    }

    private String content() throws IOException {
      String id = "?";
      String line;
      while ((line = in.readLine()) != null && !line.equals("."))
        if (line.startsWith("Message-ID: <"))
          id = line.substring("Message-ID: <".length(), line.indexOf('@'));
      if (line == null) throw new IOException("cut off");
      return id;
    }

    private void say(String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }
}
