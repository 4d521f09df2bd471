package org.postroom.secrets;

import java.util.List;
import java.util.stream.Collectors;
import org.postroom.db.Database;
import org.postroom.db.Dialect;

/**
 * Which key seals the secrets of a database that several nodes use. A node with another one does
 * not start: it would take work that it cannot do, and seal what the others cannot open.
 */
final class KeyMark {
  private KeyMark() {}

  static void check(Database database, KeyRing ring, String from) {
    if (database.dialect() != Dialect.POSTGRESQL) return; // one process, one data folder
    String current = ring.current().id();
    String used = database.write(sql -> KeyRows.markFirst(sql, current));
    if (ring.find(used).isEmpty() && anySealedWith(database, used))
      throw refused(used, ring.all(), from);
    if (!used.equals(current)) database.run(sql -> KeyRows.mark(sql, current));
  }

  /** A key that sealed nothing yet may be exchanged for another. */
  static boolean anySealedWith(Database database, String key) {
    String prefix = Secrets.prefix(key);
    return SealedColumns.everywhere().stream()
        .flatMap(module -> module.sealed().stream())
        .anyMatch(column -> database.read(sql -> SealedRows.any(sql, column, prefix)));
  }

  static IllegalStateException refused(String used, List<MasterKey> ours, String from) {
    String ids =
        ours.isEmpty()
            ? "no key of that database"
            : "key " + ours.stream().map(MasterKey::id).collect(Collectors.joining(", "));
    return new IllegalStateException(
        "This node has %s (from %s), but this database's secrets are sealed with key %s: it could not open them. "
                .formatted(ids, from, used)
            + "Give every node the same POSTROOM_SECRET_KEY. See docs/several-nodes.md.");
  }
}
