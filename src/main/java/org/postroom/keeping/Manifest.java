package org.postroom.keeping;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Table;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is in a backup, the last entry of its file.
 *
 * @param format of the file; this program writes and reads 1
 * @param schemaVersion of the tables, as the migrations number them
 * @param takenAt the database's clock when the snapshot was taken
 * @param database sqlite or postgresql; either restores into either
 * @param keys ids of the keys that seal passwords in it, the newest first
 * @param sealedKey the keys under the passphrase, null where they were left out
 */
record Manifest(
    int format,
    String id,
    String schemaVersion,
    Instant takenAt,
    String database,
    String keys,
    @Nullable String sealedKey,
    List<TablePart> tables,
    List<FilePart> files) {

  static final int FORMAT = 1;
  static final String ENTRY = "manifest.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  record TablePart(Table table, String entry, long rows, long bytes, String sha256) {}

  /** A file of the data folder, such as a font. */
  record FilePart(String name, String entry, long bytes, String sha256) {}

  long rows() {
    return tables.stream().mapToLong(TablePart::rows).sum();
  }

  long rows(String table) {
    return tables.stream()
        .filter(part -> part.table().name().equals(table))
        .mapToLong(TablePart::rows)
        .sum();
  }

  byte[] write() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  static Manifest read(byte[] bytes) {
    return JSON.readValue(bytes, Manifest.class);
  }
}
