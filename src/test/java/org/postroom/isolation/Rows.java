package org.postroom.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postroom.db.Database;
import org.postroom.db.Sql;

/** Everything a company has in the database, as text: table by table, row by row. */
final class Rows {
  static final Pattern ID = Pattern.compile("\\b[a-z]{2,6}_[0-9a-z]{26}\\b");
  private final Database database;

  Rows(Database database) {
    this.database = database;
  }

  /** The company's rows of every table that has companies. */
  Map<String, List<String>> of(String company) {
    return database.read(sql -> {
      Map<String, List<String>> all = new TreeMap<>();
      for (String table : tables(sql)) {
        List<String> rows =
            sql.sql("SELECT * FROM " + table + " WHERE company_id = :company")
                .param("company", company)
                .query((row, number) -> {
                  var text = new StringBuilder();
                  for (int i = 1; i <= row.getMetaData().getColumnCount(); i++)
                    text.append(row.getMetaData().getColumnLabel(i))
                        .append('=')
                        .append(value(row.getObject(i)))
                        .append('|');
                  return text.toString();
                })
                .list();
        all.put(table, rows.stream().sorted().toList());
      }
      return all;
    });
  }

  /** Ids that a company's rows name, one or more of each prefix. */
  static Map<String, Set<String>> ids(Map<String, List<String>> rows) {
    Map<String, Set<String>> ids = new TreeMap<>();
    rows.values()
        .forEach(table ->
            table.forEach(row ->
                ID.matcher(row)
                    .results()
                    .map(found -> found.group())
                    .forEach(id ->
                        ids.computeIfAbsent(
                                id.substring(0, id.indexOf('_')), key -> new TreeSet<>())
                            .add(id))));
    return ids;
  }

  /** What one dump has and the other has not, both ways. */
  static List<String> differences(
      Map<String, List<String>> before, Map<String, List<String>> after) {
    List<String> all = new ArrayList<>();
    before.forEach((table, rows) -> {
      List<String> gone = new ArrayList<>(rows);
      List<String> fresh = new ArrayList<>(after.getOrDefault(table, List.of()));
      gone.removeAll(after.getOrDefault(table, List.of()));
      fresh.removeAll(rows);
      gone.forEach(row -> all.add(table + " lost " + row));
      fresh.forEach(row -> all.add(table + " got " + row));
    });
    return all;
  }

  private static List<String> tables(Sql sql) {
    return sql.sql(
            "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND EXISTS"
                + " (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'company_id')")
        .query(String.class)
        .list();
  }

  private static String value(Object cell) {
    return cell instanceof byte[] bytes
        ? bytes.length + ":" + java.util.HexFormat.of().formatHex(bytes)
        : String.valueOf(cell);
  }
}
