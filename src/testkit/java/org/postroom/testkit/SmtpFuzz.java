package org.postroom.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Broken clients for a submission server: dialogues that are right but for some random changes,
 * sent in random pieces, then the end of the stream. Each must be answered with well-formed replies
 * only and come to an end. The same seed says the same.
 */
public final class SmtpFuzz {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final byte[] ODD = {
    0, '\r', '\n', '.', ' ', '<', '>', ':', '=', '@', (byte) 0xff, 127, '\t', '"'
  };
  private static final List<String> WORDS =
      List.of(
          "EHLO erp",
          "HELO x",
          "NOOP",
          "RSET",
          "QUIT",
          "DATA",
          "STARTTLS",
          "AUTH LOGIN",
          "AUTH PLAIN",
          "VRFY a",
          "HELP",
          "MAIL FROM:<>",
          "RCPT TO:<a@b.example>",
          "*",
          ".",
          "..",
          "\r\n.\r\n",
          "\n.\n",
          "MAIL FROM:<admin@acme.example> SIZE=100 BODY=8BITMIME SMTPUTF8",
          "BDAT 10 LAST",
          "From: a",
          "RCPT TO:<\"a b\"@c.example> NOTIFY=NEVER",
          "SIZE=99999999999999999999",
          "x".repeat(5000));

  private final int port;
  private final String key;
  private final Random random;

  /**
   * @param key an API key, so that some dialogues get past the sign-in
   */
  public SmtpFuzz(int port, String key, long seed) {
    this.port = port;
    this.key = key;
    this.random = new Random(seed);
  }

  /** One broken client; fails with what was wrong about the answer. */
  public void once() throws IOException {
    List<byte[]> said = mutated(dialogue());
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      try {
        if (random.nextInt(3) > 0) inStep(socket, said, answer);
        else atOnce(socket, said);
        if (random.nextInt(10) == 0) return; // gone without reading
        socket.shutdownOutput();
      } catch (SocketException serverClosedFirst) {
        // Then what it said before is still to be read.
      }
      socket.setSoTimeout(PATIENCE_MILLIS); // an answer that never ends is a hang
      readAll(socket.getInputStream(), answer);
    }
    check(said, answer.toString(StandardCharsets.ISO_8859_1));
  }

  /** The server still takes a message after all that. */
  public void stillAnswers() {
    try (SmtpTalk talk = SmtpTalk.greeted(port)) {
      if (!talk.ask("NOOP").startsWith("250")) throw new AssertionError("No answer to NOOP.");
    }
  }

  private List<byte[]> dialogue() {
    String sign =
        Base64.getEncoder().encodeToString(("\0erp\0" + key).getBytes(StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>(List.of("EHLO erp.example\r\n"));
    if (random.nextInt(4) > 0) lines.add("AUTH PLAIN " + sign + "\r\n");
    for (int message = random.nextInt(3); message >= 0; message--) {
      lines.add("MAIL FROM:<admin@acme.example> SIZE=" + random.nextInt(5000) + "\r\n");
      for (int to = random.nextInt(4); to >= 0; to--)
        lines.add("RCPT TO:<r" + random.nextInt(100) + "@contoso.example> NOTIFY=FAILURE\r\n");
      lines.add("DATA\r\n");
      lines.add("From: Admin <admin@acme.example>\r\nTo: a@b.example\r\nBcc: x@y.example\r\n");
      lines.add(
          "Message-ID: <" + random.nextLong() + "@fuzz.example>\r\nSubject: =?utf-8?q?x?=\r\n\r\n");
      lines.add("Hello\r\n..dot\r\n" + "y".repeat(random.nextInt(1100)) + "\r\n");
      lines.add(".\r\n");
    }
    lines.add("QUIT\r\n");
    return new ArrayList<>(lines.stream().map(l -> l.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private List<byte[]> mutated(List<byte[]> lines) {
    for (int changes = random.nextInt(4); changes > 0; changes--) changeLines(lines);
    for (int changes = random.nextInt(4); changes > 0 && !lines.isEmpty(); changes--) {
      byte[] line = lines.get(random.nextInt(lines.size()));
      if (line.length > 0) line[random.nextInt(line.length)] = odd();
    }
    return lines;
  }

  private void changeLines(List<byte[]> lines) {
    int at = random.nextInt(lines.size());
    switch (random.nextInt(5)) {
      case 0 ->
          lines.add(
              at,
              (WORDS.get(random.nextInt(WORDS.size())) + "\r\n").getBytes(StandardCharsets.UTF_8));
      case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 2 -> {
        if (lines.size() > 1) lines.remove(at);
      }
      case 3 -> lines.set(at, new byte[] {odd(), odd(), odd()});
      default -> {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        lines.add(at, noise);
      }
    }
  }

  private byte odd() {
    return random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : (byte) random.nextInt(256);
  }

  /** As a client does that waits for replies, if not for long. */
  private static void inStep(Socket socket, List<byte[]> said, ByteArrayOutputStream answer)
      throws IOException {
    socket.setSoTimeout(30);
    boolean content = false;
    for (byte[] line : said) {
      socket.getOutputStream().write(line);
      if (content && line.length != 3) continue;
      int before = answer.size();
      readReply(socket.getInputStream(), answer);
      content = answer.toString(StandardCharsets.ISO_8859_1).startsWith("354", before);
    }
  }

  /** In pieces that end anywhere, without waiting for answers. */
  private void atOnce(Socket socket, List<byte[]> said) throws IOException {
    var all = new ByteArrayOutputStream();
    said.forEach(all::writeBytes);
    byte[] octets = all.toByteArray();
    int pieces = 1 + random.nextInt(6);
    for (int piece = 0; piece < pieces; piece++) {
      int from = octets.length * piece / pieces;
      int to = octets.length * (piece + 1) / pieces;
      socket.getOutputStream().write(octets, from, to - from);
    }
  }

  private static void readReply(InputStream in, ByteArrayOutputStream answer) throws IOException {
    byte[] some = new byte[4096];
    try {
      int count = in.read(some);
      if (count > 0) answer.write(some, 0, count);
    } catch (SocketTimeoutException noReply) {
      // What was said may not have been a command.
    }
  }

  private static void readAll(InputStream in, ByteArrayOutputStream answer) throws IOException {
    byte[] some = new byte[4096];
    try {
      for (int count = in.read(some); count >= 0; count = in.read(some))
        answer.write(some, 0, count);
    } catch (SocketException reset) {
      // Closed over octets that were not read.
    }
  }

  private static void check(List<byte[]> said, String answer) {
    // What follows is the server's half of a handshake that never comes.
    String readable = answer.split("Ready to start TLS\r\n", 2)[0];
    for (String line : readable.split("\r\n"))
      if (!line.matches("([2-5]\\d\\d[ -][\\x20-\\x7e]*)?") || line.length() > 510)
        throw new AssertionError("No reply of SMTP: “" + line + "” to " + shown(said));
  }

  private static String shown(List<byte[]> said) {
    var all = new ByteArrayOutputStream();
    said.forEach(all::writeBytes);
    return Base64.getEncoder().encodeToString(all.toByteArray());
  }
}
