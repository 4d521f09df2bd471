package org.postroom.secrets;

import java.util.List;

/**
 * Says which columns of a module hold sealed secrets, so that they are sealed again when the master
 * key changes. One class without state per module; it is found by its type, also where only a
 * command runs.
 */
public interface SealedColumns {

  List<SealedColumn> sealed();

  /** Every module's, found by their type: a command runs without the application. */
  static List<SealedColumns> everywhere() {
    return EverySealedColumn.MODULES;
  }

  /**
   * One column, in a table whose key is {@code company_id} and {@code id}.
   *
   * @param id the column that tells rows of a company apart
   * @param column holds what {@link Secrets#seal} gave, or null
   * @param field the last part of {@link Secrets#place} it was sealed for; the others are table,
   *     company and id
   */
  record SealedColumn(String table, String id, String column, String field) {
    public SealedColumn {
      for (String name : List.of(table, id, column))
        if (!name.matches("[a-z_]+")) throw new IllegalArgumentException("Not a name: " + name);
    }
  }
}
