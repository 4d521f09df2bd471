package org.postroom.keeping;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postroom.db.Database;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;
import org.postroom.db.Table;
import org.postroom.db.Table.Column;
import org.postroom.db.Table.Kind;
import org.postroom.mail.Mentions;

/**
 * Where an address stands in a company's rows, whatever table and column: what a new capability
 * keeps is found without anybody telling. Whole rows are read, so this is for a request a week, not
 * for every second.
 */
final class Traces {
  /** Business records the law wants kept, words people wrote for all customers, our own people. */
  static final Set<String> LEFT_ALONE =
      Set.of(
          "documents",
          "document_sources",
          "document_settings",
          "companies",
          "accounts",
          "account_grants",
          "account_routes",
          "api_keys",
          "dkim_keys",
          "memberships",
          "templates",
          "template_versions",
          "layouts",
          "layout_versions",
          "sending_choices",
          "erasures",
          "retention",
          "suppressions",
          "address_failures",
          "idempotency_keys");

  /** Of those the ones in which a hash takes an address's place. */
  private static final Set<String> HASHED = Set.of("suppressions", "address_failures");

  private static final int AT_ONCE = 100;

  /** A table that may hold it. */
  private record Place(Table table, List<String> key, List<String> texts) {}

  private final Database database;
  private final List<Place> places;

  private Traces(Database database, List<Place> places) {
    this.database = database;
    this.places = places;
  }

  static Traces in(Database database) throws IOException {
    return new Traces(
        database,
        database.still(still -> {
          List<Place> places = new ArrayList<>();
          for (Table table : still.tables()) {
            List<String> names = table.columns().stream().map(Column::name).toList();
            if (!names.contains("company_id")) continue;
            List<String> key = still.keyOf(table);
            List<String> texts =
                table.columns().stream()
                    .filter(column -> column.kind() == Kind.TEXT)
                    .map(Column::name)
                    .filter(name -> !key.contains(name))
                    .toList();
            if (!texts.isEmpty() && !key.isEmpty()) places.add(new Place(table, key, texts));
          }
          return places;
        }));
  }

  /** Gives every text of the company, once for each row it stands in, but what is left alone. */
  static void texts(Database database, String company, Consumer<String> each) throws IOException {
    database.<Boolean>still(still -> {
      for (Table table : still.tables()) {
        List<Column> texts =
            table.columns().stream().filter(column -> column.kind() == Kind.TEXT).toList();
        if (texts.stream().noneMatch(column -> column.name().equals("company_id"))) continue;
        if (LEFT_ALONE.contains(table.name()) && !HASHED.contains(table.name())) continue;
        still.rowsOf(
            company,
            new Table(table.name(), texts),
            values -> {
              for (Object value : values) if (value != null) each.accept(value.toString());
            });
      }
      return true;
    });
  }

  /** How many rows name it, in the tables that are left alone or in all others. */
  long count(String company, String text, boolean leftAlone) {
    long rows = 0;
    for (Place place : places)
      if (LEFT_ALONE.contains(place.table().name()) == leftAlone)
        rows += database.read(sql -> count(sql, place, company, text, Mentions.of(text)));
    return rows;
  }

  /** Puts the marker wherever it stands; how many rows it stood in. */
  long replace(String company, String text, String marker) {
    Pattern pattern = Mentions.of(text);
    long rows = 0;
    for (Place place : places)
      if (!LEFT_ALONE.contains(place.table().name()))
        rows += replace(place, company, text, pattern, marker);
    return rows;
  }

  /** A hundred at a time. Those in which it is a part of another address come first, unchanged. */
  private long replace(Place place, String company, String text, Pattern pattern, String marker) {
    long rows = 0;
    long others = 0;
    while (true) {
      long past = others;
      Some some = database.write(sql -> replace(sql, place, company, text, past, pattern, marker));
      rows += some.changed();
      others += some.found() - some.changed();
      if (some.found() < AT_ONCE) return rows;
    }
  }

  private record Some(int found, int changed) {}

  private static long count(Sql sql, Place place, String company, String text, Pattern pattern) {
    return sql
        .sql(
            "SELECT "
                + String.join(", ", place.texts())
                + " FROM "
                + place.table().name()
                + " WHERE company_id = :company AND "
                + names(sql, place))
        .param("company", company)
        .param("text", text.toLowerCase(Locale.ROOT))
        .query((row, n) -> {
          for (int i = 1; i <= place.texts().size(); i++) {
            String value = row.getString(i);
            if (value != null && pattern.matcher(value).find()) return 1L;
          }
          return 0L;
        })
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Some replace(
      Sql sql,
      Place place,
      String company,
      String text,
      long past,
      Pattern pattern,
      String marker) {
    List<String> columns = new ArrayList<>(place.key());
    columns.addAll(place.texts());
    var found =
        sql.sql(
                "SELECT "
                    + String.join(", ", columns)
                    + " FROM "
                    + place.table().name()
                    + " WHERE company_id = :company AND "
                    + names(sql, place)
                    + " ORDER BY "
                    + String.join(", ", place.key())
                    + " LIMIT "
                    + AT_ONCE
                    + " OFFSET "
                    + past)
            .param("company", company)
            .param("text", text.toLowerCase(Locale.ROOT))
            .query()
            .listOfRows();
    int changed = 0;
    for (var row : found) {
      boolean differs = false;
      var update =
          sql.sql(
              "UPDATE "
                  + place.table().name()
                  + " SET "
                  + place.texts().stream()
                      .map(c -> c + " = :" + c)
                      .collect(Collectors.joining(", "))
                  + " WHERE "
                  + place.key().stream()
                      .map(c -> c + " = :" + c)
                      .collect(Collectors.joining(" AND ")));
      for (String column : place.key()) update = update.param(column, row.get(column));
      for (String column : place.texts()) {
        Object value = row.get(column);
        String fresh =
            value == null
                ? null
                : pattern.matcher(value.toString()).replaceAll(Matcher.quoteReplacement(marker));
        differs |= fresh != null && !fresh.equals(value);
        update = update.param(column, fresh, java.sql.Types.VARCHAR);
      }
      if (differs) changed += update.update();
    }
    return new Some(found.size(), changed);
  }

  private static String names(Sql sql, Place place) {
    String position = sql.dialect() == Dialect.SQLITE ? "instr" : "strpos";
    return place.texts().stream()
        .map(column -> position + "(lower(" + column + "), :text) > 0")
        .collect(Collectors.joining(" OR ", "(", ")"));
  }
}
