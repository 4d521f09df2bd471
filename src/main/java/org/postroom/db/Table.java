package org.postroom.db;

import java.util.List;

/** A table as both databases know it: its name and columns, in their order. */
public record Table(String name, List<Column> columns) {

  public Table {
    columns = List.copyOf(columns);
    named(name);
  }

  /** What a column holds; there is nothing else in our tables. */
  public enum Kind {
    NUMBER,
    TEXT,
    BYTES
  }

  public record Column(String name, Kind kind) {
    public Column {
      named(name);
    }
  }

  boolean hasBytes() {
    return columns.stream().anyMatch(column -> column.kind() == Kind.BYTES);
  }

  /** Names stand in statements: from a file of others they must be names and nothing else. */
  private static void named(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}"))
      throw new IllegalArgumentException("Not a name: " + name);
  }
}
