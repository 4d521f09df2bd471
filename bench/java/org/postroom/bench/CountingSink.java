package org.postroom.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiving end that knows who sends: when each message of each sender was accepted, and how many
 * connections a sender had open at once. A connection belongs to whoever sends first over it.
 */
final class CountingSink implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, List<Long>> arrivals = new ConcurrentHashMap<>();
  private final Map<String, Long> bySubject = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
  private final Map<String, Integer> mostOpen = new ConcurrentHashMap<>();

  CountingSink() throws IOException {
    server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Moments of {@link System#nanoTime}, in order. */
  List<Long> arrivals(String sender) {
    List<Long> all = arrivals.getOrDefault(sender, List.of());
    synchronized (all) {
      return all.stream().sorted().toList();
    }
  }

  /** When the message with that subject came; null while it has not. */
  Long arrived(String subject) {
    return bySubject.get(subject);
  }

  int mostOpen(String sender) {
    return mostOpen.getOrDefault(sender, 0);
  }

  int mostOpenOfAny() {
    return mostOpen.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    String owner = null;
    try (socket) {
      socket.setTcpNoDelay(true);
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      say(out, "220 sink");
      String sender = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.length() < 4 ? line : line.substring(0, 4);
        if (verb.equals("EHLO")) say(out, "250-sink\r\n250 PIPELINING");
        else if (verb.equals("MAIL")) {
          sender = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
          if (owner == null) opened(owner = sender);
          say(out, "250 ok");
        } else if (verb.equals("DATA")) {
          say(out, "354 go");
          String subject = content(in);
          long now = System.nanoTime();
          List<Long> of = arrivals.computeIfAbsent(sender, any -> new ArrayList<>());
          synchronized (of) {
            of.add(now);
          }
          bySubject.put(subject, now);
          say(out, "250 taken");
        } else if (verb.equals("QUIT")) {
          say(out, "221 bye");
          return;
        } else say(out, "250 ok");
      }
    } catch (IOException gone) {
      // the client went
    } finally {
      if (owner != null) open.get(owner).decrementAndGet();
    }
  }

  private void opened(String sender) {
    int now = open.computeIfAbsent(sender, any -> new AtomicInteger()).incrementAndGet();
    mostOpen.merge(sender, now, Math::max);
  }

  private static String content(BufferedReader in) throws IOException {
    String subject = "";
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine())
      if (line.startsWith("Subject: ")) subject = line.substring(9);
    return subject;
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
