package org.postroom.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.postroom.testkit.SmtpScript.Effect;
import org.postroom.testkit.SmtpScript.Moment;
import org.postroom.testkit.SmtpScript.Verb;

/** One connection of a {@link ScriptedSmtpServer}. */
final class ScriptedSmtpTalk {
  private static final Duration DRIP = Duration.ofMillis(20);

  private final ScriptedSmtpServer server;
  private final SmtpOffer offer;
  private final int connection;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private boolean secured;

  /** Before, it may be a client that speaks TLS to a port that does not. */
  private boolean greeted;

  private @Nullable String user;
  private @Nullable String mail;
  private int message;
  private int recipientCount;
  private final List<String> recipients = new ArrayList<>();

  ScriptedSmtpTalk(ScriptedSmtpServer server, SmtpOffer offer, Socket socket, int connection)
      throws IOException {
    this.server = server;
    this.offer = offer;
    this.connection = connection;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  void run() throws IOException {
    if (offer.tlsFromStart()) secure();
    if (!answer(Verb.CONNECT, "", "220 scripted.example ESMTP")) return;
    String line;
    while ((line = line()) != null) {
      if (!serve(line)) return;
    }
  }

  private boolean serve(String line) throws IOException {
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    server.commands.add(verb);
    // RFC 2920 lets only these be followed by more before they are answered.
    boolean mayBeFollowed =
        offer.pipelining() && List.of("MAIL", "RCPT", "RSET", "NOOP").contains(verb);
    if (!mayBeFollowed && in.available() > 0)
      server.violations.add("Bytes were sent behind " + verb + " before its answer.");
    return switch (verb) {
      case "EHLO" -> greet(Verb.EHLO, line, capabilities());
      case "HELO" -> greet(Verb.HELO, line, "250 scripted.example");
      case "STARTTLS" -> startTls(line);
      case "AUTH" -> auth(line);
      case "MAIL" -> mail(line);
      case "RCPT" -> rcpt(line);
      case "DATA" -> data(line);
      case "RSET" -> rset(line);
      case "NOOP" -> say("250 2.0.0 ok");
      case "QUIT" -> quit(line);
      default -> say("502 5.5.1 unknown command");
    };
  }

  private boolean greet(Verb verb, String line, String usual) throws IOException {
    greeted = true;
    return answer(verb, line, usual);
  }

  private String capabilities() {
    List<String> lines = new ArrayList<>(List.of("scripted.example"));
    if (offer.certificates() != null && !secured) lines.add("STARTTLS");
    if (!offer.mechanisms().isEmpty()) lines.add("AUTH " + String.join(" ", offer.mechanisms()));
    lines.add(offer.size() > 0 ? "SIZE " + offer.size() : "SIZE");
    if (offer.pipelining()) lines.add("PIPELINING");
    if (offer.eightBitMime()) lines.add("8BITMIME");
    if (offer.smtpUtf8()) lines.add("SMTPUTF8");
    lines.add("ENHANCEDSTATUSCODES");
    var reply = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      reply.append("250").append(last ? ' ' : '-').append(lines.get(i));
      if (!last) reply.append("\r\n");
    }
    return reply.toString();
  }

  private boolean startTls(String line) throws IOException {
    if (!answer(Verb.STARTTLS, line, "220 2.0.0 ready")) return false;
    if (lastCode == 220) secure();
    return true;
  }

  private void secure() throws IOException {
    if (offer.certificates() == null) throw new IOException("No certificates.");
    var tls =
        (SSLSocket)
            offer
                .certificates()
                .serverContext()
                .getSocketFactory()
                .createSocket(socket, null, socket.getPort(), true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    server.handshakes.incrementAndGet();
    secured = true;
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
  }

  private boolean auth(String line) throws IOException {
    String mechanism = line.split(" ")[1].toUpperCase(Locale.ROOT);
    Effect effect = server.script().effect(Verb.AUTH, moment(line));
    if (effect != null && !act(effect)) return false;
    if (effect != null && !(effect instanceof Effect.Stall)) return true;
    if (!offer.mechanisms().contains(mechanism)) return say("504 5.7.4 unknown mechanism");
    String who = new ScriptedSignIn(offer, this::ask).check(mechanism, line);
    if (who == null) return say("535 5.7.8 user name or password not accepted");
    user = who;
    server.signIns.incrementAndGet();
    return say("235 2.7.0 welcome");
  }

  private String ask(String challenge) throws IOException {
    say(challenge);
    String answer = line();
    if (answer == null) throw new EOFException();
    return answer;
  }

  private boolean mail(String line) throws IOException {
    message = server.mails.incrementAndGet();
    recipientCount = 0;
    recipients.clear();
    if (mail != null) server.violations.add("MAIL inside a transaction.");
    mail = null;
    if (!offer.mechanisms().isEmpty() && user == null)
      return say("530 5.7.0 Authentication required");
    if (!answer(Verb.MAIL, line, "250 2.1.0 sender ok")) return false;
    if (lastCode == 250) mail = line.substring("MAIL FROM:".length());
    return true;
  }

  private boolean rcpt(String line) throws IOException {
    recipientCount++;
    String usual = mail == null ? "503 5.5.1 MAIL first" : "250 2.1.5 recipient ok";
    if (!answer(Verb.RCPT, line, usual)) return false;
    if (lastCode == 250 && mail != null) recipients.add(between(line));
    return true;
  }

  private boolean data(String line) throws IOException {
    String usual = recipients.isEmpty() ? "554 5.5.1 no valid recipients" : "354 go on";
    if (!answer(Verb.DATA, line, usual)) return false;
    if (lastCode != 354) return true;
    Effect effect = server.script().effect(Verb.BODY, moment(line));
    if (effect instanceof Effect.DropAfter(int octets)) {
      in.readNBytes(octets);
      return false;
    }
    if (effect != null && !act(effect)) return false;
    byte[] content = content();
    server.contents.incrementAndGet();
    var taken =
        new ScriptedSmtpServer.Received(
            connection, mail, between(mail), List.copyOf(recipients), content, user);
    mail = null;
    recipients.clear();
    // What was accepted must be seen as accepted by whoever hears the answer.
    Effect instead = server.script().effect(Verb.CONTENT, moment(line));
    if (instead == null || accepts(instead)) server.received.add(taken);
    return answer(Verb.CONTENT, line, "250 2.0.0 kept as " + message);
  }

  private static boolean accepts(Effect effect) {
    return switch (effect) {
      case Effect.Say say -> say.reply().startsWith("2");
      case Effect.SayAndClose say -> say.reply().startsWith("2");
      case Effect.Drip drip -> drip.reply().startsWith("2");
      case Effect.Stall _ -> true;
      case Effect.Drop _, Effect.DropAfter _ -> false;
    };
  }

  private byte[] content() throws IOException {
    var content = new ByteArrayOutputStream();
    while (true) {
      byte[] line = octets();
      if (line == null) throw new EOFException();
      if (line.length == 1 && line[0] == '.') return content.toByteArray();
      boolean stuffed = line.length > 0 && line[0] == '.';
      content.write(line, stuffed ? 1 : 0, line.length - (stuffed ? 1 : 0));
      content.write('\r');
      content.write('\n');
    }
  }

  private boolean rset(String line) throws IOException {
    mail = null;
    recipients.clear();
    return answer(Verb.RSET, line, "250 2.0.0 forgotten");
  }

  private boolean quit(String line) throws IOException {
    answer(Verb.QUIT, line, "221 2.0.0 bye");
    return false;
  }

  private int lastCode;

  /** The usual reply, or what the script says; false: the connection is to be closed. */
  private boolean answer(Verb verb, String line, String usual) throws IOException {
    Effect effect = server.script().effect(verb, moment(line));
    if (effect instanceof Effect.Stall) {
      server.awaitRelease();
      return say(usual);
    }
    return effect == null ? say(usual) : act(effect);
  }

  private boolean act(Effect effect) throws IOException {
    return switch (effect) {
      case Effect.Say say -> say(say.reply());
      case Effect.SayAndClose say -> {
        say(say.reply());
        yield false;
      }
      case Effect.Drop drop -> {
        if (drop.hard()) socket.setSoLinger(true, 0);
        yield false;
      }
      case Effect.Stall _ -> {
        server.awaitRelease();
        yield true;
      }
      case Effect.Drip drip -> drip(drip.reply());
      case Effect.DropAfter _ -> throw new IllegalStateException("DropAfter is for BODY.");
    };
  }

  private boolean say(String reply) throws IOException {
    String last = reply.substring(reply.lastIndexOf('\n') + 1);
    lastCode = last.matches("[0-9]{3}.*") ? Integer.parseInt(last.substring(0, 3)) : 0;
    server.think();
    out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return true;
  }

  private boolean drip(String reply) throws IOException {
    for (byte octet : (reply + "\r\n").getBytes(StandardCharsets.UTF_8)) {
      out.write(octet);
      out.flush();
      LockSupport.parkNanos(DRIP.toNanos());
    }
    return true;
  }

  private Moment moment(String line) {
    return new Moment(connection, message, recipientCount, line);
  }

  private @Nullable String line() throws IOException {
    byte[] octets = octets();
    return octets == null ? null : new String(octets, StandardCharsets.UTF_8);
  }

  /** Up to CRLF; null at the end of the connection. */
  private byte @Nullable [] octets() throws IOException {
    var line = new ByteArrayOutputStream();
    int before = -1;
    int octet;
    while ((octet = in.read()) >= 0) {
      if (octet == '\n' && before == '\r') {
        byte[] all = line.toByteArray();
        return java.util.Arrays.copyOf(all, all.length - 1);
      }
      boolean alone = octet == '\n' || before == '\r';
      if (alone && greeted) server.violations.add("A CR or LF stands alone.");
      line.write(octet);
      before = octet;
    }
    return null;
  }

  private static String between(String argument) {
    return argument.substring(argument.indexOf('<') + 1, argument.indexOf('>'));
  }
}
