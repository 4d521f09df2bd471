package org.postroom.commandline;

import java.util.List;
import org.postroom.http.Version;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom version}. */
final class ShowVersion {
  private ShowVersion() {}

  static Answer run(Words words, Terminal terminal) throws Wrong {
    words.none();
    ObjectNode json =
        Answer.object()
            .put("version", Version.ours())
            .put("java", Runtime.version().toString())
            .put("system", system());
    return Answer.done(
        List.of("Postroom " + Version.ours(), "Java " + Runtime.version(), system()), json);
  }

  private static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }
}
