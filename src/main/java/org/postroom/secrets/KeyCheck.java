package org.postroom.secrets;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postroom.db.Database;
import org.postroom.db.Settings;

/** Looks at the key without making or changing anything. */
public final class KeyCheck {
  private KeyCheck() {}

  /** Whether the key that is given or lies in the data folder is one; throws with what is wrong. */
  public static void form(Settings settings) {
    KeyRing.again(KeyPlace.of(settings, null));
  }

  /** Names of keys that something stored is sealed with and that are not here. */
  public static List<String> missing(Settings settings, Database database) {
    Set<String> ours =
        KeyRing.again(KeyPlace.of(settings, database)).stream()
            .flatMap(ring -> ring.all().stream())
            .map(MasterKey::id)
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    SealedColumns.everywhere().stream()
        .flatMap(module -> module.sealed().stream())
        .forEach(column -> missing.addAll(database.read(sql -> SealedRows.keys(sql, column))));
    missing.removeAll(ours);
    return List.copyOf(missing);
  }
}
