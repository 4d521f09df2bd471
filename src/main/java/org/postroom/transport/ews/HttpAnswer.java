package org.postroom.transport.ews;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of a web server.
 *
 * @param headers by name in lower case, each with its values in their order
 * @param closes the connection ends with it
 */
record HttpAnswer(
    int status, String reason, Map<String, List<String>> headers, byte[] body, boolean closes) {

  Optional<String> header(String name) {
    return all(name).stream().findFirst();
  }

  List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether it is worth reading as SOAP; a page for people is not. */
  boolean xml() {
    String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
    String start = text().strip();
    return type.contains("xml") && start.startsWith("<") && !start.startsWith("<!");
  }

  /** The ways to sign in that a 401 offers, in lower case, each without its parameters. */
  List<String> offers() {
    return all("www-authenticate").stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(one -> one.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT))
        .filter(one -> !one.isEmpty() && !one.contains("="))
        .distinct()
        .toList();
  }
}
