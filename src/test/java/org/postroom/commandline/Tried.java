package org.postroom.commandline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A command that was run, and all that it printed. */
record Tried(Optional<Integer> code, String out, String err) {

  static Tried run(Map<String, String> environment, String... words) {
    return piped("", environment, words);
  }

  static Tried piped(String in, Map<String, String> environment, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            environment,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    Optional<Integer> code = CommandLine.run(words, terminal);
    return new Tried(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  int exit() {
    return code.orElseThrow();
  }

  String all() {
    return out + err;
  }

  JsonNode json() {
    return Server.JSON.readTree(out);
  }
}
