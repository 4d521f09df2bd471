package org.postroom.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.db.Ids;
import org.postroom.db.Sql;

/** The SQL of notifications. */
final class NotificationRows {
  private NotificationRows() {}

  /** False where the same was told before, or the company does without this kind. */
  static boolean insert(Sql sql, NewNotification news) {
    return sql.sql(
                """
                INSERT INTO notifications (company_id, id, news, kind, title, text, document_kind, document_number, link, at)
                SELECT :company, :id, :news, :kind, :title, :text, :documentKind, :documentNumber, :link, :now
                WHERE NOT EXISTS (SELECT 1 FROM notification_choices c WHERE c.company_id = :company AND c.kind = :kind AND c.told = 0)
                ON CONFLICT (company_id, news) DO NOTHING
                """)
            .param("company", news.company())
            .param("id", Ids.next("ntf"))
            .param("news", news.id())
            .param("kind", news.kind().word())
            .param("title", news.title())
            .param("text", news.text())
            .param("documentKind", news.documentKind(), java.sql.Types.VARCHAR)
            .param("documentNumber", news.documentNumber(), java.sql.Types.VARCHAR)
            .param("link", news.link(), java.sql.Types.VARCHAR)
            .param("now", sql.now().toEpochMilli())
            .update()
        == 1;
  }

  /** What somebody chose, by the word of the kind. */
  static Map<String, Boolean> choices(Sql sql, String company) {
    Map<String, Boolean> chosen = new HashMap<>();
    sql.sql("SELECT kind, told FROM notification_choices WHERE company_id = :company")
        .param("company", company)
        .query(row -> {
          chosen.put(row.getString(1), row.getLong(2) == 1);
        });
    return chosen;
  }

  static void choose(Sql sql, String company, Notification.Kind kind, boolean told) {
    sql.sql(
            """
            INSERT INTO notification_choices (company_id, kind, told) VALUES (:company, :kind, :told)
            ON CONFLICT (company_id, kind) DO UPDATE SET told = excluded.told
            """)
        .param("company", company)
        .param("kind", kind.word())
        .param("told", Sql.bit(told))
        .update();
  }

  /** Only the newest stay. */
  static void keep(Sql sql, String company, int most) {
    Optional<String> last =
        sql.sql(
                "SELECT id FROM notifications WHERE company_id = :company ORDER BY id DESC LIMIT 1 OFFSET :most")
            .param("company", company)
            .param("most", most)
            .query(String.class)
            .optional();
    if (last.isEmpty()) return;
    for (String statement :
        List.of(
            "DELETE FROM notification_reads WHERE company_id = :company AND notification_id <= :last",
            "DELETE FROM notifications WHERE company_id = :company AND id <= :last"))
      sql.sql(statement).param("company", company).param("last", last.get()).update();
  }

  static void forget(Sql sql, Instant before) {
    String floor = Ids.floor("ntf", before);
    sql.sql("DELETE FROM notification_reads WHERE notification_id < :floor")
        .param("floor", floor)
        .update();
    sql.sql("DELETE FROM notifications WHERE id < :floor").param("floor", floor).update();
  }

  static List<Notification> list(Sql sql, String company, int limit, @Nullable String before) {
    return sql.sql(
            "SELECT * FROM notifications WHERE company_id = :company AND id < :before ORDER BY id DESC LIMIT :limit")
        .param("company", company)
        .param("before", before == null ? "ntf_~" : before)
        .param("limit", limit)
        .query((row, n) -> notification(row))
        .list();
  }

  static Optional<Notification> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM notifications WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> notification(row))
        .optional();
  }

  /** Which of these the reader has read. */
  static List<String> read(Sql sql, Caller reader, List<Notification> of) {
    if (of.isEmpty()) return List.of();
    return sql.sql(
            "SELECT notification_id FROM notification_reads WHERE company_id = :company AND person_id = :person AND notification_id IN (:ids)")
        .param("company", reader.company())
        .param("person", reader.id())
        .param("ids", of.stream().map(Notification::id).toList())
        .query((row, n) -> row.getString(1))
        .list();
  }

  static long unread(Sql sql, String company, String person) {
    return sql.sql(
            """
            SELECT count(*) FROM (SELECT 1 FROM notifications n WHERE n.company_id = :company AND NOT EXISTS (
              SELECT 1 FROM notification_reads r
              WHERE r.company_id = n.company_id AND r.person_id = :person AND r.notification_id = n.id) LIMIT 100) AS unread
            """)
        .param("company", company)
        .param("person", person)
        .query(Long.class)
        .single();
  }

  static void mark(Sql sql, Caller reader, List<String> ids) {
    for (String id : ids)
      sql.sql(
              "INSERT INTO notification_reads (company_id, person_id, notification_id, read_at)"
                  + " VALUES (:company, :person, :id, :now) ON CONFLICT DO NOTHING")
          .param("company", reader.company())
          .param("person", reader.id())
          .param("id", id)
          .param("now", sql.now().toEpochMilli())
          .update();
  }

  static void markUpTo(Sql sql, Caller reader, String newest) {
    sql.sql(
            """
            INSERT INTO notification_reads (company_id, person_id, notification_id, read_at)
            SELECT company_id, :person, id, :now FROM notifications WHERE company_id = :company AND id <= :newest
            ON CONFLICT DO NOTHING
            """)
        .param("company", reader.company())
        .param("person", reader.id())
        .param("newest", newest)
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  private static Notification notification(ResultSet row) throws SQLException {
    return new Notification(
        row.getString("company_id"),
        row.getString("id"),
        Notification.Kind.of(row.getString("kind")),
        row.getString("title"),
        row.getString("text"),
        row.getString("document_kind"),
        row.getString("document_number"),
        row.getString("link"),
        Instant.ofEpochMilli(row.getLong("at")));
  }
}
