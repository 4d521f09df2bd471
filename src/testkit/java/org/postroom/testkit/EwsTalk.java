package org.postroom.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.postroom.testkit.EwsOperations.Answer;
import org.postroom.testkit.EwsOperations.Request;

/** One connection to an {@link EwsServer}. */
final class EwsTalk implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 22;

  private final EwsServer server;
  private final int number;
  private final InputStream in;
  private final OutputStream out;
  private final byte @Nullable [] endPoint;
  private @Nullable NtlmPeer ntlm;
  private @Nullable String user;
  private Map<String, String> headers = Map.of();
  private String head = "";

  EwsTalk(EwsServer server, Socket raw, int number) throws IOException {
    this.server = server;
    this.number = number;
    raw.setTcpNoDelay(true);
    TestCertificates certificates = server.offer().tls();
    if (certificates == null) {
      in = new java.io.BufferedInputStream(raw.getInputStream());
      out = raw.getOutputStream();
      endPoint = null;
      return;
    }
    var factory = certificates.serverContext().getSocketFactory();
    var tls = (SSLSocket) factory.createSocket(raw, null, raw.getPort(), true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    in = new java.io.BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
    endPoint = hash(tls);
  }

  void run() throws IOException {
    while (readHead()) one();
  }

  @Override
  public void close() {
    if (ntlm != null) ntlm.close();
  }

  private void one() throws IOException {
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    EwsFault any = server.fault("");
    if (any != null) {
      server.saw(new EwsServer.Seen(number, "", "", head));
      body(length);
      act(any, null);
      return;
    }
    if (!head.startsWith("POST /EWS/Exchange.asmx ")) {
      web(404, Map.of("Content-Type", "text/html"), "<html><h1>404 - File not found</h1></html>");
      throw new EOFException();
    }
    boolean waits = headers.getOrDefault("expect", "").equals("100-continue");
    String refusal = signIn();
    if (waits && beforeContent(refusal, length)) throw new EOFException();
    if (waits && server.fault("early") != null) {
      in.readNBytes(Math.min(length / 2, 1000));
      throw new EOFException();
    }
    byte[] body = body(length);
    if (length > server.offer().mostBytes()) {
      web(404, Map.of("Content-Type", "text/html"), "<html>404.13 Not Found</html>");
      return;
    }
    if (refusal != null) {
      server.saw(new EwsServer.Seen(number, "", "", head));
      web(401, Map.of("", refusal), "");
      return;
    }
    operate(body);
    if (server.offer().forgetful()) user = null;
  }

  /** As IIS does: an answer that needs no content comes at once, and the connection ends. */
  private boolean beforeContent(@Nullable String refusal, int length) throws IOException {
    if (!server.offer().continues()) {
      web(417, Map.of("Connection", "close"), "");
      return true;
    }
    if (refusal != null) {
      server.saw(new EwsServer.Seen(number, "", "", head));
      web(401, Map.of("", refusal, "Connection", "close"), "");
      return true;
    }
    if (length > server.offer().mostBytes()) {
      web(413, Map.of("Connection", "close"), "");
      return true;
    }
    out.write(EwsServer.latin("HTTP/1.1 100 Continue\r\n\r\n"));
    out.flush();
    return false;
  }

  /** Null where we know who it is; otherwise the challenges, one a line. */
  private @Nullable String signIn() {
    String authorization = headers.getOrDefault("authorization", "");
    String[] parts = authorization.split(" ", 2);
    if (server.offer().schemes().isEmpty()) user = "invoices";
    if (parts[0].equals("Basic") && server.offer().schemes().contains("Basic")) user = basic(parts);
    boolean ntlmNamed = parts[0].equals("NTLM") || parts[0].equals("Negotiate");
    if (ntlmNamed && server.offer().schemes().contains(parts[0])) {
      byte[] message = Base64.getDecoder().decode(parts[1]);
      if (message[8] == 1) return parts[0] + " " + base64(challenge(message));
      user = ntlm == null ? null : ntlm.user(message);
      if (user == null) server.saw(new EwsServer.Seen(number, "(refused)", "", head));
    }
    if (user != null) return null;
    return String.join("\n", server.offer().schemes())
        .replace("Basic", "Basic realm=\"mail.acme.example\"")
        .replace("Bearer", "Bearer client_id=\"00000002\", trusted_issuers=\"x@*\"");
  }

  private byte[] challenge(byte[] message) {
    if (ntlm != null) ntlm.close();
    user = null;
    ntlm =
        server.offer().samba()
            ? new SambaNtlm(EwsMailboxes.DOMAIN, "invoices", EwsMailboxes.PASSWORD)
            : new NtlmVerifier(
                EwsMailboxes.DOMAIN,
                EwsMailboxes.passwords(),
                server.offer().bound() ? endPoint : null);
    return ntlm.challenge(message);
  }

  private static @Nullable String basic(String[] parts) {
    String pair =
        new String(Base64.getDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    String name = pair.substring(0, colon).toLowerCase(Locale.ROOT).replaceFirst("^acme\\\\", "");
    boolean right = pair.substring(colon + 1).equals(EwsMailboxes.passwords().get(name));
    return right ? name : null;
  }

  private void operate(byte[] body) throws IOException {
    if (body.length == 0) {
      server.saw(new EwsServer.Seen(number, "", "", head));
      web(400, Map.of(), "");
      return;
    }
    Request request;
    try {
      request = server.operations().read(body);
    } catch (Exception notXml) {
      server.operations().violation("A request is no XML: " + notXml);
      web(400, Map.of(), "");
      return;
    }
    server.saw(new EwsServer.Seen(number, request.name(), request.version(), head));
    EwsFault fault = server.fault(request.name());
    if (fault == null) answer(server.operations().answer(String.valueOf(user), request));
    else act(fault, request);
  }

  private void act(EwsFault fault, @Nullable Request request) throws IOException {
    String operation = request == null ? "GetFolder" : request.name();
    EwsOperations operations = server.operations();
    switch (fault) {
      case EwsFault.Refuses refuses ->
          answer(operations.refusal(operation, refuses.code(), refuses.text(), ""));
      case EwsFault.Faults faults -> answer(operations.fault(faults.code(), faults.text(), ""));
      case EwsFault.Busy busy ->
          answer(operations.busy(operation, busy.backOffMillis(), busy.wrapped()));
      case EwsFault.Web web -> {
        work(web.acts(), request);
        web(web.status(), web.headers(), web.body());
      }
      case EwsFault.HangsUp hangsUp -> {
        work(hangsUp.acts(), request);
        throw new EOFException();
      }
      case EwsFault.Silent silent -> {
        work(silent.acts(), request);
        if (in.read() >= 0) server.operations().violation("Somebody spoke without an answer.");
        throw new EOFException();
      }
      case EwsFault.Says says -> {
        work(says.acts(), request);
        out.write(EwsServer.utf8(says.bytes()));
        out.flush();
        throw new EOFException();
      }
    }
  }

  private void work(boolean acts, @Nullable Request request) {
    if (acts && request != null) {
      var unused = server.operations().answer(String.valueOf(user), request);
    }
  }

  private void answer(Answer answer) throws IOException {
    web(answer.status(), Map.of("Content-Type", "text/xml; charset=utf-8"), answer.xml());
  }

  /** An entry without a name holds challenges, one a line. */
  private void web(int status, Map<String, String> fields, String text) throws IOException {
    byte[] body = EwsServer.utf8(text);
    var answer =
        new StringBuilder("HTTP/1.1 " + status + " " + (status == 200 ? "OK" : "Said") + "\r\n");
    fields.forEach((name, value) -> {
      if (name.isEmpty())
        value.lines().forEach(one -> answer.append("WWW-Authenticate: " + one + "\r\n"));
      else answer.append(name + ": " + value + "\r\n");
    });
    answer.append("Content-Length: " + body.length + "\r\n\r\n");
    out.write(EwsServer.latin(answer.toString()));
    out.write(body);
    out.flush();
  }

  private byte[] body(int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) throw new EOFException();
    return body;
  }

  private boolean readHead() throws IOException {
    var bytes = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      int octet = in.read();
      if (octet < 0) return false;
      bytes.write(octet);
      if (bytes.size() == 1 && octet == TLS_HANDSHAKE) {
        web(400, Map.of("Connection", "close"), "");
        return false;
      }
      last = last << 8 | octet;
    }
    head = bytes.toString(ISO_8859_1);
    headers = new HashMap<>();
    head.lines()
        .skip(1)
        .filter(line -> line.contains(":"))
        .forEach(line ->
            headers.put(
                line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                line.substring(line.indexOf(':') + 1).strip()));
    return true;
  }

  private static byte @Nullable [] hash(SSLSocket tls) {
    try {
      var certificate = tls.getSession().getLocalCertificates()[0];
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
