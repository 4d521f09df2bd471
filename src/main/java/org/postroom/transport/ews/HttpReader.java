package org.postroom.transport.ews;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one HTTP/1.1 answer (RFC 9112), with limits: the server must not make us read for ever. */
final class HttpReader {
  private static final int MOST_PER_LINE = 32 * 1024;
  private static final int MOST_HEADERS = 200;
  private static final int MOST_BODY = 2 * 1024 * 1024;

  /** Of an answer that carries a mail. */
  static final int MOST_WITH_MAIL = 24 * 1024 * 1024;

  private final Wire wire;
  private final int most;

  HttpReader(Wire wire) {
    this(wire, MOST_BODY);
  }

  HttpReader(Wire wire, int most) {
    this.wire = wire;
    this.most = most;
  }

  /** The server sent what is no HTTP, or more than we read. */
  static final class Garbled extends IOException {
    private static final long serialVersionUID = 1;

    Garbled(String what) {
      super(what);
    }
  }

  /** The final answer; interim ones are passed over. */
  HttpAnswer read() throws IOException {
    HttpAnswer answer = readAny();
    for (int interim = 0; answer.status() < 200; interim++) {
      if (interim > 20) throw new Garbled("The server never comes to its answer.");
      answer = readAny();
    }
    return answer;
  }

  /** The next answer, also an interim one (100 to 199), which has no body. */
  HttpAnswer readAny() throws IOException {
    String line = line();
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?"))
      throw new Garbled(
          "This is no HTTP: “" + line.substring(0, Math.min(80, line.length())) + "”");
    int status = Integer.parseInt(line, 9, 12, 10);
    String reason = line.length() > 13 ? line.substring(13) : "";
    Map<String, List<String>> headers = headers();
    boolean bare = status < 200 || status == 204 || status == 304;
    boolean closes = closes(line, headers);
    if (bare) return new HttpAnswer(status, reason, headers, new byte[0], closes);
    return withBody(new HttpAnswer(status, reason, headers, new byte[0], closes));
  }

  private HttpAnswer withBody(HttpAnswer head) throws IOException {
    var body = new ByteArrayOutputStream();
    boolean closes = head.closes();
    String length = head.header("content-length").orElse("");
    if (head.header("transfer-encoding").orElse("").toLowerCase(Locale.ROOT).endsWith("chunked")) {
      chunks(body);
    } else if (!length.isEmpty()) {
      if (!length.matches("[0-9]{1,9}")) throw new Garbled("The answer has no length.");
      exactly(Integer.parseInt(length), body);
    } else {
      toTheEnd(body);
      closes = true;
    }
    return new HttpAnswer(head.status(), head.reason(), head.headers(), body.toByteArray(), closes);
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (int count = 0; ; count++) {
      String line = line();
      if (line.isEmpty()) return headers;
      if (count > MOST_HEADERS) throw new Garbled("The answer has too many headers.");
      int colon = line.indexOf(':');
      if (colon <= 0) throw new Garbled("The answer has a header without a name.");
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      headers
          .computeIfAbsent(name, unused -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
  }

  private void chunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      String size = line().split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,7}")) throw new Garbled("The answer has a broken chunk.");
      int length = Integer.parseInt(size, 16);
      if (length == 0) break;
      exactly(length, body);
      if (!line().isEmpty()) throw new Garbled("The answer has a broken chunk.");
    }
    for (int trailer = 0; !line().isEmpty(); trailer++)
      if (trailer > MOST_HEADERS) throw new Garbled("The answer has too many headers.");
  }

  private void exactly(int length, ByteArrayOutputStream body) throws IOException {
    if (length > most - body.size()) throw new Garbled("The answer is too long.");
    byte[] part = new byte[8 * 1024];
    int left = length;
    while (left > 0) {
      int count = wire.some(part, 0, Math.min(left, part.length));
      if (count < 0) throw new java.io.EOFException("The answer ended in the middle.");
      body.write(part, 0, count);
      left -= count;
    }
  }

  private void toTheEnd(ByteArrayOutputStream body) throws IOException {
    byte[] part = new byte[8 * 1024];
    int count;
    while ((count = wire.some(part, 0, part.length)) >= 0) {
      if (count > most - body.size()) throw new Garbled("The answer is too long.");
      body.write(part, 0, count);
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream(128);
    int octet;
    while ((octet = wire.octet()) != '\n') {
      if (line.size() >= MOST_PER_LINE) throw new Garbled("A line of the answer is too long.");
      line.write(octet);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean closes(String statusLine, Map<String, List<String>> headers) {
    String said =
        String.join(",", headers.getOrDefault("connection", List.of())).toLowerCase(Locale.ROOT);
    return statusLine.startsWith("HTTP/1.0")
        ? !said.contains("keep-alive")
        : said.contains("close");
  }
}
