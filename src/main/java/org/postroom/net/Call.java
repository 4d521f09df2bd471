package org.postroom.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP request. Headers and body may hold secrets: {@code toString} shows neither.
 *
 * @param limit for the whole call, from looking the name up to the last byte of the answer
 * @param mostBytes of the answer that are read; a longer one is a failure
 */
public record Call(
    String method,
    URI uri,
    Map<String, String> headers,
    byte[] body,
    Duration limit,
    int mostBytes) {
  private static final Duration USUAL_LIMIT = Duration.ofSeconds(30);
  private static final int USUAL_BYTES = 1 << 20;

  public Call {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  public static Call get(URI uri) {
    return new Call("GET", uri, Map.of(), new byte[0], USUAL_LIMIT, USUAL_BYTES);
  }

  public static Call post(URI uri, String contentType, byte[] body) {
    return new Call(
        "POST", uri, Map.of("Content-Type", contentType), body, USUAL_LIMIT, USUAL_BYTES);
  }

  public static Call post(URI uri, String contentType, String body) {
    return post(uri, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  public Call method(String other) {
    return new Call(other, uri, headers, body, limit, mostBytes);
  }

  public Call header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(method, uri, more, body, limit, mostBytes);
  }

  /** With the access token as RFC 6750 has it. */
  public Call bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  public Call within(Duration other) {
    return new Call(method, uri, headers, body, other, mostBytes);
  }

  public Call atMost(int bytes) {
    return new Call(method, uri, headers, body, limit, bytes);
  }

  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
  }
}
