package org.postroom.secrets;

import java.util.List;
import org.postroom.db.Sql;
import org.postroom.secrets.SealedColumns.SealedColumn;

/** The SQL of sealing again. */
final class SealedRows {
  /** Small, so that a running Postroom never waits for long. */
  static final int BATCH = 100;

  private SealedRows() {}

  record Sealed(SealedColumn column, String company, String id, String text) {
    static Sealed start(SealedColumn column) {
      return new Sealed(column, "", "", "");
    }

    String place() {
      return Secrets.place(column.table(), company, id, column.field());
    }
  }

  /** The names of the keys that sealed what stands in a column. */
  static List<String> keys(Sql sql, SealedColumn column) {
    return sql.sql(
            "SELECT DISTINCT substr(%1$s, 4, 12) FROM %2$s WHERE %1$s LIKE 'v1:%%'"
                .formatted(column.column(), column.table()))
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** Secrets after that one which do not start so, in the order of their key. */
  static List<Sealed> others(Sql sql, String prefix, Sealed last) {
    SealedColumn column = last.column();
    return sql.sql(
            """
            SELECT company_id, %1$s, %2$s FROM %3$s
            WHERE %2$s IS NOT NULL AND substr(%2$s, 1, %4$d) <> :prefix
              AND (company_id, %1$s) > (:company, :id)
            ORDER BY company_id, %1$s LIMIT %5$d\
            """
                .formatted(column.id(), column.column(), column.table(), prefix.length(), BATCH))
        .param("prefix", prefix)
        .param("company", last.company())
        .param("id", last.id())
        .query((row, n) -> new Sealed(column, row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  /** Whether anything in that column starts so. */
  static boolean any(Sql sql, SealedColumn column, String prefix) {
    return sql.sql(
            "SELECT 1 FROM %1$s WHERE substr(%2$s, 1, %3$d) = :prefix LIMIT 1"
                .formatted(column.table(), column.column(), prefix.length()))
        .param("prefix", prefix)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /** Only where it is still what was read: somebody may have entered another meanwhile. */
  static void replace(Sql sql, Sealed old, String fresh) {
    SealedColumn column = old.column();
    sql.sql(
            "UPDATE %1$s SET %2$s = :fresh WHERE company_id = :company AND %3$s = :id AND %2$s = :old"
                .formatted(column.table(), column.column(), column.id()))
        .param("fresh", fresh)
        .param("company", old.company())
        .param("id", old.id())
        .param("old", old.text())
        .update();
  }
}
