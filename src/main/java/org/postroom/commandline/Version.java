package org.postroom.commandline;

import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom version}. */
final class Version {
  private Version() {}

  static Answer run(Words words, Terminal terminal) throws Wrong {
    words.none();
    ObjectNode json =
        Answer.object()
            .put("version", ours())
            .put("java", Runtime.version().toString())
            .put("system", system());
    return Answer.done(List.of("Postroom " + ours(), "Java " + Runtime.version(), system()), json);
  }

  /** Where it does not run from its jar, nobody has given it a number. */
  static String ours() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "from source");
  }

  private static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }
}
