package org.postroom.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.jspecify.annotations.Nullable;

/**
 * A request whose method, address and body have been hashed, with the body still readable. Of
 * multipart bodies the parts are hashed: their boundary differs each time.
 */
final class HashedRequest extends HttpServletRequestWrapper {
  private final byte @Nullable [] body;
  private final String hash;

  private HashedRequest(HttpServletRequest request, byte @Nullable [] body, String hash) {
    super(request);
    this.body = body;
    this.hash = hash;
  }

  static HashedRequest of(HttpServletRequest request) throws IOException {
    MessageDigest digest = sha256();
    String query = request.getQueryString();
    add(
        digest,
        request.getMethod() + " " + request.getRequestURI() + "?" + (query == null ? "" : query));
    String type = request.getContentType();
    add(digest, type == null || isMultipart(request) ? "" : type);
    byte[] body = null;
    if (isMultipart(request)) {
      for (Part part : parts(request)) add(digest, part);
    } else {
      body = request.getInputStream().readAllBytes();
      digest.update(body);
    }
    return new HashedRequest(request, body, HexFormat.of().formatHex(digest.digest()));
  }

  private static Collection<Part> parts(HttpServletRequest request) throws IOException {
    try {
      return request.getParts();
    } catch (ServletException | FileUploadException broken) {
      throw Problem.unreadable(
          "The upload could not be read: its parts are damaged or cut off.", List.of());
    } catch (IllegalStateException tooLarge) {
      throw BoundedBodyFilter.tooLarge();
    }
  }

  String hash() {
    return hash;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return body == null ? super.getInputStream() : new Replayed(body);
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private static boolean isMultipart(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.regionMatches(true, 0, "multipart/", 0, 10);
  }

  private static void add(MessageDigest digest, Part part) throws IOException {
    add(digest, part.getName());
    add(digest, String.valueOf(part.getSubmittedFileName()));
    add(digest, String.valueOf(part.getContentType()));
    add(digest, Long.toString(part.getSize()));
    try (InputStream content = part.getInputStream();
        var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      content.transferTo(out);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static final class Replayed extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Replayed(byte[] body) {
      this.bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("The body has been read already.");
    }
  }
}
