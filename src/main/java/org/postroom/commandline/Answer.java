package org.postroom.commandline;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a command came to.
 *
 * @param code the exit code: 0 where all is well, 1 where it is not
 * @param lines for people
 * @param json the same for programs
 */
record Answer(int code, List<String> lines, ObjectNode json) {
  Answer {
    lines = List.copyOf(lines);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** All went well. */
  static Answer done(List<String> lines, ObjectNode json) {
    return new Answer(0, lines, json);
  }

  static Answer done(String line, ObjectNode json) {
    return done(List.of(line), json);
  }
}
