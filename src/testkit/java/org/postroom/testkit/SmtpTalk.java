package org.postroom.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/** The client's side of an SMTP connection, octet for octet: for talking to our own server. */
public final class SmtpTalk implements AutoCloseable {
  /** What {@link #reply} gives where the server has closed. */
  public static final String CLOSED = "(closed)";

  private static final int PATIENCE_MILLIS = 20_000;
  private final Socket raw;
  private InputStream in;
  private OutputStream out;

  /** Connects, without reading the greeting. */
  public SmtpTalk(int port) {
    try {
      raw = new Socket("127.0.0.1", port);
      raw.setTcpNoDelay(true);
      raw.setSoTimeout(PATIENCE_MILLIS);
      in = raw.getInputStream();
      out = raw.getOutputStream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Connects, reads the greeting and says EHLO. */
  public static SmtpTalk greeted(int port) {
    var talk = new SmtpTalk(port);
    talk.reply();
    talk.ask("EHLO erp.example");
    return talk;
  }

  /** Sends the octets as they are. */
  public SmtpTalk send(byte[] octets) {
    try {
      out.write(octets);
      out.flush();
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends the text as it is: nothing is added. */
  public SmtpTalk send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a line and gives the reply to it. */
  public String ask(String line) {
    send(line + "\r\n");
    return reply();
  }

  /** The next whole reply, its lines joined by LF; {@link #CLOSED} where there is none any more. */
  public String reply() {
    var reply = new StringBuilder();
    while (true) {
      String line = line();
      if (line.equals(CLOSED)) return reply.isEmpty() ? CLOSED : reply + "\n" + CLOSED;
      reply.append(reply.isEmpty() ? "" : "\n").append(line);
      if (line.length() < 4 || line.charAt(3) != '-') return reply.toString();
    }
  }

  /** STARTTLS and EHLO again; whatever the certificate. */
  public SmtpTalk secure(SSLContext trusting) {
    ask("STARTTLS");
    wrap(trusting);
    ask("EHLO erp.example");
    return this;
  }

  /** TLS from here on, without a word of SMTP. */
  public SmtpTalk wrap(SSLContext trusting) {
    try {
      Socket tls = trusting.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
      in = tls.getInputStream();
      out = tls.getOutputStream();
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** AUTH PLAIN with a key as password; gives the reply. */
  public String signIn(String key) {
    String said = "\0erp\0" + key;
    return ask(
        "AUTH PLAIN " + Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8)));
  }

  /** MAIL, RCPT, DATA and the content with dots doubled; gives the reply to the end. */
  public String mail(String from, String to, String content) {
    ask("MAIL FROM:<" + from + ">");
    ask("RCPT TO:<" + to + ">");
    String go = ask("DATA");
    if (!go.startsWith("354")) return go;
    String stuffed = content.startsWith(".") ? "." + content : content;
    send(stuffed.replace("\r\n.", "\r\n..") + (content.endsWith("\r\n") ? "" : "\r\n"));
    return ask(".");
  }

  /** Cuts the connection so that the server's next words go nowhere. */
  public void cut() {
    try {
      raw.setSoLinger(true, 0);
      raw.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String line() {
    var line = new ByteArrayOutputStream();
    try {
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) throw new EOFException();
        line.write(octet);
      }
      return line.toString(StandardCharsets.UTF_8).stripTrailing();
    } catch (EOFException | SocketException ended) {
      return CLOSED;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
