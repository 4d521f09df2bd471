package org.postroom.keeping;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.mail.Mentions;

/** The SQL of erasing: messages to an address, caught mail, drafts, and the certificates. */
final class ErasureRows {
  private ErasureRows() {}

  /** A message that names the person. */
  record Found(String id, String state) {
    boolean waits() {
      return switch (state) {
        case "held", "queued", "delayed", "sending" -> true;
        default -> false;
      };
    }
  }

  static List<Found> to(Sql sql, String company, String address) {
    return sql.sql(
            """
            SELECT DISTINCT m.id, m.state FROM message_recipients r
            JOIN messages m ON m.company_id = r.company_id AND m.id = r.message_id
            WHERE r.company_id = :company AND lower(r.address) = :address ORDER BY m.id
            """)
        .param("company", company)
        .param("address", address.toLowerCase(Locale.ROOT))
        .query((row, n) -> new Found(row.getString(1), row.getString(2)))
        .list();
  }

  static List<Found> about(Sql sql, String company, String partner) {
    return sql.sql(
            "SELECT id, state FROM messages WHERE company_id = :company AND partner = :partner ORDER BY id")
        .param("company", company)
        .param("partner", partner)
        .query((row, n) -> new Found(row.getString(1), row.getString(2)))
        .list();
  }

  /** What was written goes; that something was written, when, and what came of it stays. */
  static void emptyMessages(Sql sql, String company, List<String> ids, String sentence) {
    Instant now = sql.now();
    in(
        sql,
        "DELETE FROM message_contents WHERE company_id = :company AND message_id IN (:ids)",
        company,
        ids);
    in(
        sql,
        "DELETE FROM download_files WHERE company_id = :company AND link_id IN (SELECT id FROM download_links WHERE company_id = :company AND message_id IN (:ids))",
        company,
        ids);
    in(
        sql,
        "DELETE FROM download_links WHERE company_id = :company AND message_id IN (:ids)",
        company,
        ids);
    in(
        sql,
        "UPDATE messages SET subject = '(erased)' WHERE company_id = :company AND id IN (:ids)",
        company,
        ids);
    for (String id : ids)
      sql.sql(
              "INSERT INTO message_events (company_id, message_id, id, at, type, detail) VALUES (:company, :message, :id, :at, 'message.content_removed', :detail)")
          .param("company", company)
          .param("message", id)
          .param("id", Ids.next("mev"))
          .param("at", now.toEpochMilli())
          .param("detail", sentence)
          .update();
  }

  static void forgetRecipient(Sql sql, String company, String address, String marker) {
    sql.sql(
            "UPDATE message_recipients SET address = :marker, name = NULL, reply = NULL WHERE company_id = :company AND lower(address) = :address")
        .param("company", company)
        .param("address", address.toLowerCase(Locale.ROOT))
        .param("marker", marker)
        .update();
    for (String table : List.of("bounces", "message_returns"))
      sql.sql("DELETE FROM " + table + " WHERE company_id = :company AND lower(address) = :address")
          .param("company", company)
          .param("address", address.toLowerCase(Locale.ROOT))
          .update();
  }

  static void forgetRecipients(Sql sql, String company, List<String> ids, String marker) {
    sql.sql(
            "UPDATE message_recipients SET address = :marker, name = NULL, reply = NULL WHERE company_id = :company AND message_id IN (:ids)")
        .param("company", company)
        .param("ids", ids)
        .param("marker", marker)
        .update();
    for (String table : List.of("bounces", "message_returns"))
      in(
          sql,
          "DELETE FROM " + table + " WHERE company_id = :company AND message_id IN (:ids)",
          company,
          ids);
    sql.sql("UPDATE messages SET reasons = '{}' WHERE company_id = :company AND id IN (:ids)")
        .param("company", company)
        .param("ids", ids)
        .update();
  }

  static int caught(Sql sql, String company, String address, boolean delete) {
    return small(
        sql,
        company,
        address,
        "local_messages",
        "recipients || ' ' || sender",
        List.of("local_contents id"),
        delete);
  }

  static int drafts(Sql sql, String company, String address, boolean delete) {
    return small(
            sql,
            company,
            address,
            "message_drafts",
            "typed || preset",
            List.of("message_draft_files draft_id"),
            delete)
        + small(
            sql,
            company,
            address,
            "bulk_drafts",
            "wish || coalesce(results, '')",
            List.of(),
            delete);
  }

  /** Uploaded tables are only kept until they were looked at. */
  static void forgetImports(Sql sql, String company) {
    sql.sql("DELETE FROM partner_imports WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  private static int small(
      Sql sql,
      String company,
      String address,
      String table,
      String text,
      List<String> children,
      boolean delete) {
    String position = sql.dialect() == org.postroom.db.Dialect.SQLITE ? "instr" : "strpos";
    List<String> ids =
        sql
            .sql(
                "SELECT id, %s FROM %s WHERE company_id = :company AND %s(lower(%s), :address) > 0"
                    .formatted(text, table, position, text))
            .param("company", company)
            .param("address", address.toLowerCase(Locale.ROOT))
            .query((row, n) -> Mentions.in(row.getString(2), address) ? row.getString(1) : "")
            .list()
            .stream()
            .filter(id -> !id.isEmpty())
            .toList();
    if (!delete || ids.isEmpty()) return ids.size();
    for (int from = 0; from < ids.size(); from += 500) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + 500));
      for (String child : children) {
        String[] words = child.split(" ", -1);
        in(
            sql,
            "DELETE FROM "
                + words[0]
                + " WHERE company_id = :company AND "
                + words[1]
                + " IN (:ids)",
            company,
            some);
      }
      in(
          sql,
          "DELETE FROM " + table + " WHERE company_id = :company AND id IN (:ids)",
          company,
          some);
    }
    return ids.size();
  }

  private static void in(Sql sql, String statement, String company, List<String> ids) {
    sql.sql(statement).param("company", company).param("ids", ids).update();
  }

  static void keep(
      Sql sql,
      String company,
      Erasure.Certificate certificate,
      String hash,
      List<ListedErasure> listed) {
    sql.sql(
            """
            INSERT INTO erasures (company_id, id, at, by_name, subject_kind, subject_hash, certificate, listed)
            VALUES (:company, :id, :at, :by, :kind, :hash, :certificate, :listed)
            ON CONFLICT (company_id, id) DO NOTHING
            """)
        .param("company", company)
        .param("id", certificate.id())
        .param("at", certificate.at().toEpochMilli())
        .param("by", certificate.by())
        .param("kind", certificate.kind())
        .param("hash", hash)
        .param("certificate", String.join("\n", certificate.lines()))
        .param("listed", String.join("\n", listed.stream().map(ListedErasure::line).toList()))
        .update();
  }

  /** Of all certificates. */
  static List<String> ids(Sql sql, String company) {
    return sql.sql("SELECT id FROM erasures WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** The lines of the list, of all companies: it is one file. */
  static List<String> listed(Sql sql) {
    return sql.sql("SELECT listed FROM erasures WHERE listed IS NOT NULL ORDER BY company_id, id")
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** Company and id of all certificates. */
  static Set<String> certified(Sql sql) {
    return Set.copyOf(
        sql.sql("SELECT company_id, id FROM erasures")
            .query((row, n) -> row.getString(1) + " " + row.getString(2))
            .list());
  }

  static List<Erasure.Certificate> list(Sql sql, String company) {
    return sql.sql("SELECT * FROM erasures WHERE company_id = :company ORDER BY id DESC LIMIT 200")
        .param("company", company)
        .query((row, n) -> certificate(row))
        .list();
  }

  static Optional<Erasure.Certificate> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM erasures WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> certificate(row))
        .optional();
  }

  private static Erasure.Certificate certificate(java.sql.ResultSet row)
      throws java.sql.SQLException {
    return new Erasure.Certificate(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("by_name"),
        row.getString("subject_kind"),
        row.getString("certificate").lines().toList());
  }
}
