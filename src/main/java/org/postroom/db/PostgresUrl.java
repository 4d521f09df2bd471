package org.postroom.db;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns {@code postgresql://user:password@host:port/name} into what JDBC takes; leaves JDBC URLs
 * alone.
 */
final class PostgresUrl {
  private PostgresUrl() {}

  static String toJdbc(String url) {
    if (url.startsWith("jdbc:")) return url;
    if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
      throw new IllegalArgumentException(
          "POSTROOM_DATABASE_URL must start with postgresql:// or jdbc:postgresql://. Leave it out for the embedded database.");
    }
    URI uri = URI.create(url);
    var jdbc = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
    if (uri.getPort() > 0) jdbc.append(':').append(uri.getPort());
    jdbc.append(uri.getRawPath());
    String joiner = "?";
    if (uri.getRawQuery() != null) {
      jdbc.append('?').append(uri.getRawQuery());
      joiner = "&";
    }
    if (uri.getUserInfo() != null) {
      String[] user = uri.getUserInfo().split(":", 2);
      jdbc.append(joiner).append("user=").append(encode(user[0]));
      if (user.length == 2) jdbc.append("&password=").append(encode(user[1]));
    }
    return jdbc.toString();
  }

  /** The password, from before the host or from the query. */
  static Optional<String> password(String url) {
    String jdbc = toJdbc(url);
    int query = jdbc.indexOf('?');
    if (query < 0) return Optional.empty();
    return Arrays.stream(jdbc.substring(query + 1).split("&", -1))
        .filter(part -> part.startsWith("password="))
        .map(
            part -> URLDecoder.decode(part.substring("password=".length()), StandardCharsets.UTF_8))
        .filter(password -> !password.isEmpty())
        .findFirst();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
