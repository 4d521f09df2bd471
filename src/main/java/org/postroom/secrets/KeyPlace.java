package org.postroom.secrets;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Dialect;
import org.postroom.db.Settings;

/**
 * Where the master keys lie: in the settings, in a file, or shared by the nodes of one database.
 */
sealed interface KeyPlace permits GivenKeys, KeyFile, SharedKeys {

  /** The keys as text; made where there are none yet. */
  String content();

  /** The keys as text, where there are any: nothing is made. */
  Optional<String> existing();

  /** Puts other keys there, in one step. */
  void replace(List<MasterKey> keys) throws IOException;

  /** When they were changed last. */
  Instant changedAt() throws IOException;

  /** For sentences. */
  String words();

  /** Nodes share their key where they have a database and its password in common. */
  static KeyPlace of(Settings settings, @Nullable Database database) {
    if (settings.get(Settings.Name.POSTROOM_SECRET_KEY).isPresent()) return new GivenKeys(settings);
    var file = new KeyFile(settings.home());
    Optional<String> password = Databases.passwordOf(settings);
    if (database == null || database.dialect() != Dialect.POSTGRESQL || password.isEmpty())
      return file;
    return new SharedKeys(database, password.get(), file);
  }
}
