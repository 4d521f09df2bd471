package org.postroom.reminders;

import java.util.List;
import java.util.Random;
import org.postroom.db.Database;
import org.postroom.db.Dialect;

/** Lets transactions of reminders die in the middle, at one table or another. */
final class Kills {
  private static final List<String> TABLES =
      List.of("reminder_steps", "reminder_mails", "reminder_history", "reminder_days", "messages");
  private final Database database;

  Kills(Database database) {
    this.database = database;
    boolean sqlite = database.dialect() == Dialect.SQLITE;
    database.run(sql -> {
      sql.sql("CREATE TABLE IF NOT EXISTS kills (at TEXT NOT NULL)").update();
      if (!sqlite)
        sql.sql(
                """
                CREATE OR REPLACE FUNCTION kill_here() RETURNS trigger AS $$
                BEGIN
                  IF EXISTS (SELECT 1 FROM kills WHERE at = TG_TABLE_NAME) THEN RAISE EXCEPTION 'killed'; END IF;
                  RETURN NEW;
                END $$ LANGUAGE plpgsql
                """)
            .update();
      for (String table : TABLES)
        sql.sql(
                sqlite
                    ? "CREATE TRIGGER IF NOT EXISTS kill_%1$s BEFORE INSERT ON %1$s WHEN EXISTS (SELECT 1 FROM kills WHERE at = '%1$s') BEGIN SELECT RAISE(ABORT, 'killed'); END"
                        .formatted(table)
                    : "CREATE OR REPLACE TRIGGER kill_%1$s BEFORE INSERT ON %1$s FOR EACH ROW EXECUTE FUNCTION kill_here()"
                        .formatted(table))
            .update();
    });
  }

  void arm(Random random) {
    String table = TABLES.get(random.nextInt(TABLES.size()));
    database.run(sql -> sql.sql("INSERT INTO kills (at) VALUES (:at)").param("at", table).update());
  }

  void disarm() {
    database.run(sql -> sql.sql("DELETE FROM kills").update());
  }
}
