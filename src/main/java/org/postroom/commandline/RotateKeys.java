package org.postroom.commandline;

import java.time.Instant;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.secrets.KeyRotation;
import org.postroom.secrets.SealedColumns;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code postroom rotate-keys}: works on the key file and the database themselves, whether Postroom
 * runs or not. SQLite lets both write, one after the other.
 */
final class RotateKeys {
  private RotateKeys() {}

  static Answer run(Words words, Terminal terminal) throws Wrong {
    words.none();
    boolean forgetOld = words.flag("--forget-old");
    try (Database database = Databases.of(words.settings())) {
      var rotation = new KeyRotation(words.settings(), database, SealedColumns.everywhere());
      KeyRotation.Told told = forgetOld ? rotation.forgetOld(Instant.now()) : rotation.rotate();
      ObjectNode json = Answer.object().put("result", told.done() ? "done" : "not_done");
      told.lines().forEach(json.putArray("lines")::add);
      return new Answer(told.done() ? 0 : 1, told.lines(), json);
    }
  }
}
