package org.postroom.db;

/**
 * This process among those that work on one database. What it takes in hand carries its name beside
 * the end of a lease. Started again, it knows that what its name still holds died with its earlier
 * life, and need not wait for those leases: on the embedded database, where nobody else can be at
 * work, that is everything; on PostgreSQL what its own name holds, if the name was given
 * (POSTROOM_NODE) and so is the same as before.
 *
 * <p>Leases stay true where two processes are given one name by mistake: a claim taken away is
 * noticed before anything is handed over.
 *
 * @param alone nobody else works on this database
 */
public record Node(String name, boolean alone) {

  static Node of(Settings settings, Database database) {
    return new Node(
        settings.get(Settings.Name.POSTROOM_NODE).orElseGet(() -> Ids.next("node")),
        database.dialect() == Dialect.SQLITE);
  }
}
