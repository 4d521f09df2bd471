package org.postroom.commandline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.postroom.keeping.Backup;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom backup}, {@code verify} and {@code restore}. */
final class Backups {
  private static final String FILE = "the file of a backup";

  private Backups() {}

  static Answer write(Words words, Terminal terminal) throws Wrong, IOException {
    String file = words.perhaps("one file at most");
    Path target = Backup.target(words.settings(), file == null ? null : Path.of(file));
    return told("written", target, Backup.write(words.settings(), target));
  }

  static Answer verify(Words words, Terminal terminal) throws Wrong, IOException {
    Path file = Path.of(words.only(FILE));
    return told("whole", file, Backup.verify(file));
  }

  static Answer restore(Words words, Terminal terminal) throws Wrong, IOException {
    Path file = Path.of(words.only(FILE));
    return told("restored", file, Backup.restore(words.settings(), file, words.flag("--replace")));
  }

  private static Answer told(String result, Path file, List<String> lines) {
    ObjectNode json =
        Answer.object()
            .put("result", result)
            .put("file", file.toAbsolutePath().normalize().toString());
    lines.forEach(json.putArray("lines")::add);
    return Answer.done(lines, json);
  }
}
