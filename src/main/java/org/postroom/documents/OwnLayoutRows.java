package org.postroom.documents;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Company.Paper;
import org.postroom.db.Sql;
import org.postroom.documents.own.Design;
import org.postroom.documents.own.Image;

/** The SQL of own layouts. Lists come without images. */
final class OwnLayoutRows {
  private static final String COLUMNS =
      """
      SELECT l.company_id, l.id, l.active, l.created_at, v.version, v.name, v.kinds, v.html, v.css,
        v.paper, v.images, v.saved_at, v.saved_by_name
      FROM layouts l JOIN layout_versions v ON v.company_id = l.company_id AND v.layout_id = l.id
      """;

  private OwnLayoutRows() {}

  /** Lets changes of one company's layouts pass one by one. */
  static void lock(Sql sql, String company) {
    sql.sql("UPDATE layouts SET version = version WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  static Optional<OwnLayout> find(Sql sql, String company, String id) {
    return one(sql, company, id, " AND v.version = l.version", null);
  }

  static Optional<OwnLayout> version(Sql sql, String company, String id, long version) {
    return one(sql, company, id, " AND v.version = :version", version);
  }

  private static Optional<OwnLayout> one(
      Sql sql, String company, String id, String which, @Nullable Long version) {
    return sql.sql(COLUMNS + "WHERE l.company_id = :company AND l.id = :id" + which)
        .param("company", company)
        .param("id", id)
        .param("version", version, Types.BIGINT)
        .query((row, n) -> layout(row, images(sql, company, id, row.getString("images"))))
        .optional();
  }

  static List<OwnLayout> list(Sql sql, String company) {
    return sql.sql(
            COLUMNS
                + "WHERE l.company_id = :company AND v.version = l.version ORDER BY l.id LIMIT 500")
        .param("company", company)
        .query((row, n) -> layout(row, List.of()))
        .list();
  }

  /** The newest first. */
  static List<OwnLayout> versions(Sql sql, String company, String id) {
    return sql.sql(COLUMNS + "WHERE l.company_id = :company AND l.id = :id ORDER BY v.version DESC")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> layout(row, List.of()))
        .list();
  }

  static void insert(Sql sql, OwnLayout layout, Caller by) {
    sql.sql(
            """
            INSERT INTO layouts (company_id, id, active, version, created_at)
            VALUES (:company, :id, :active, :version, :now)
            """)
        .param("company", layout.company())
        .param("id", layout.id())
        .param("active", Sql.bit(layout.active()))
        .param("version", layout.version())
        .param("now", layout.createdAt().toEpochMilli())
        .update();
    insertVersion(sql, layout, by);
  }

  static void update(Sql sql, OwnLayout layout, Caller by) {
    sql.sql(
            """
            UPDATE layouts SET active = :active, version = :version
            WHERE company_id = :company AND id = :id
            """)
        .param("company", layout.company())
        .param("id", layout.id())
        .param("active", Sql.bit(layout.active()))
        .param("version", layout.version())
        .update();
    insertVersion(sql, layout, by);
  }

  private static void insertVersion(Sql sql, OwnLayout layout, Caller by) {
    Design design = layout.design();
    Paper paper = design.paper();
    design.images().forEach(image -> keep(sql, layout, image));
    sql.sql(
            """
            INSERT INTO layout_versions (company_id, layout_id, version, name, kinds, html, css,
              paper, images, saved_at, saved_by, saved_by_name)
            VALUES (:company, :id, :version, :name, :kinds, :html, :css, :paper, :images, :now,
              :by, :by_name)
            """)
        .param("company", layout.company())
        .param("id", layout.id())
        .param("version", layout.version())
        .param("name", layout.name())
        .param(
            "kinds",
            layout.kinds().stream().map(DocumentKind::word).collect(Collectors.joining(" ")))
        .param("html", design.html())
        .param("css", design.css())
        .param("paper", paper == null ? null : paper.name(), Types.VARCHAR)
        .param(
            "images",
            design.images().stream()
                .map(image -> image.name() + " " + hash(image.bytes()))
                .collect(Collectors.joining("\n")))
        .param("now", layout.savedAt().toEpochMilli())
        .param("by", by.id())
        .param("by_name", by.name())
        .update();
  }

  private static void keep(Sql sql, OwnLayout layout, Image image) {
    sql.sql(
            """
            INSERT INTO layout_images (company_id, layout_id, hash, type, width, height, content)
            VALUES (:company, :id, :hash, :type, :width, :height, :content)
            ON CONFLICT DO NOTHING
            """)
        .param("company", layout.company())
        .param("id", layout.id())
        .param("hash", hash(image.bytes()))
        .param("type", image.type())
        .param("width", image.width())
        .param("height", image.height())
        .param("content", image.bytes())
        .update();
  }

  /** Forgets versions before that one, and the images only they had. */
  static void forget(Sql sql, String company, String id, long oldest) {
    sql.sql(
            """
            DELETE FROM layout_versions
            WHERE company_id = :company AND layout_id = :id AND version < :oldest
            """)
        .param("company", company)
        .param("id", id)
        .param("oldest", oldest)
        .update();
    sql.sql(
            """
            DELETE FROM layout_images WHERE company_id = :company AND layout_id = :id
              AND NOT EXISTS (SELECT 1 FROM layout_versions v WHERE v.company_id = :company
                AND v.layout_id = :id AND v.images LIKE '%' || layout_images.hash || '%')
            """)
        .param("company", company)
        .param("id", id)
        .update();
  }

  static void delete(Sql sql, String company, String id) {
    for (String table : List.of("layout_images", "layout_versions"))
      sql.sql("DELETE FROM " + table + " WHERE company_id = :company AND layout_id = :id")
          .param("company", company)
          .param("id", id)
          .update();
    sql.sql("DELETE FROM layouts WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  private static List<Image> images(Sql sql, String company, String id, String kept) {
    List<Image> images = new ArrayList<>();
    for (String line : kept.split("\n")) {
      if (line.isEmpty()) continue;
      String name = line.substring(0, line.indexOf(' '));
      sql.sql(
              """
              SELECT * FROM layout_images
              WHERE company_id = :company AND layout_id = :id AND hash = :hash
              """)
          .param("company", company)
          .param("id", id)
          .param("hash", line.substring(name.length() + 1))
          .query((row, n) ->
              new Image(
                  name,
                  row.getString("type"),
                  row.getInt("width"),
                  row.getInt("height"),
                  row.getBytes("content")))
          .optional()
          .ifPresent(images::add);
    }
    return images;
  }

  private static OwnLayout layout(ResultSet row, List<Image> images) throws SQLException {
    String paper = row.getString("paper");
    return new OwnLayout(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("name"),
        Arrays.stream(row.getString("kinds").split(" "))
            .flatMap(word -> DocumentKind.of(word).stream())
            .toList(),
        row.getLong("active") == 1,
        new Design(
            row.getString("html"),
            row.getString("css"),
            paper == null ? null : Paper.valueOf(paper),
            images),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("saved_at")),
        row.getString("saved_by_name"));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
