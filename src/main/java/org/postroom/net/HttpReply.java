package org.postroom.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * One reply as it came over the wire (RFC 9112), read within bounds. The connection is not used
 * again, so what is left of the body is nobody's concern.
 */
record HttpReply(int status, HttpHeaders headers, byte[] body) {
  private static final int LONGEST_LINE = 8192;
  private static final int MOST_LINES = 100;
  private static final int MOST_INTERIM = 5;

  /** Reads at most so many bytes of the body. */
  static HttpReply read(InputStream stream, int mostBytes) throws IOException {
    var in = new BufferedInputStream(stream);
    for (int interim = 0; interim <= MOST_INTERIM; interim++) {
      int status = status(line(in));
      HttpHeaders headers = headers(in);
      if (status >= 200)
        return new HttpReply(status, headers, body(in, status, headers, mostBytes));
    }
    throw new ProtocolException("The server says again and again that it will answer.");
  }

  private static int status(String line) throws ProtocolException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?"))
      throw new ProtocolException("The answer is no HTTP.");
    return Integer.parseInt(line.substring(9, 12));
  }

  private static HttpHeaders headers(InputStream in) throws IOException {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i <= MOST_LINES; i++) {
      String line = line(in);
      if (line.isEmpty()) return HttpHeaders.of(headers, (name, value) -> true);
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      if (name.isEmpty()) throw new ProtocolException("A header of the answer makes no sense.");
      headers.computeIfAbsent(name, n -> new ArrayList<>()).add(line.substring(colon + 1).strip());
    }
    throw new ProtocolException("The answer has too many headers.");
  }

  private static byte[] body(InputStream in, int status, HttpHeaders headers, int most)
      throws IOException {
    if (status == 204 || status == 304) return new byte[0];
    String coding = headers.firstValue("Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT);
    if (coding.endsWith("chunked")) return chunks(in, most);
    String length = headers.firstValue("Content-Length").orElse("");
    if (length.isEmpty()) return in.readNBytes(most);
    if (!length.matches("[0-9]{1,15}")) throw new ProtocolException("Content-Length is no number.");
    return in.readNBytes((int) Math.min(most, Long.parseLong(length)));
  }

  private static byte[] chunks(InputStream in, int most) throws IOException {
    var body = new ByteArrayOutputStream();
    while (body.size() < most) {
      String size = line(in).split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,8}")) throw new ProtocolException("A chunk has no size.");
      long left = Long.parseLong(size, 16);
      if (left == 0) return body.toByteArray();
      body.write(in.readNBytes((int) Math.min(left, most - body.size())));
      if (body.size() < most) line(in);
    }
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new EOFException("The server hung up before it answered.");
      if (line.size() >= LONGEST_LINE)
        throw new ProtocolException("A line of the answer is too long.");
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
