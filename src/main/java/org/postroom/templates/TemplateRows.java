package org.postroom.templates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.postroom.templates.Template.Level;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of templates. */
final class TemplateRows {
  private static final String COMPANY = "company";
  private static final String BOTH =
      """
      SELECT t.*, v.name, v.content, v.note, v.saved_at, v.saved_by_name FROM templates t
      JOIN template_versions v ON v.company_id = t.company_id AND v.template_id = t.id
        AND v.version = t.version\
      """;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** What the content column holds: a body of either kind, and addresses as people read them. */
  private record Stored(
      Body.@Nullable Simple simple,
      Body.@Nullable Html html,
      List<String> cc,
      List<String> bcc,
      @Nullable String replyTo) {

    static String of(Body body, Copies copies) {
      Address replyTo = copies.replyTo();
      return JSON.writeValueAsString(
          new Stored(
              body instanceof Body.Simple simple ? simple : null,
              body instanceof Body.Html html ? html : null,
              copies.cc().stream().map(Address::display).toList(),
              copies.bcc().stream().map(Address::display).toList(),
              replyTo == null ? null : replyTo.display()));
    }

    static Stored read(ResultSet row) throws SQLException {
      return JSON.readValue(row.getString("content"), Stored.class);
    }

    Body body() {
      if (simple != null) return simple;
      if (html != null) return html;
      throw new IllegalStateException("A template's version has no body.");
    }

    Copies copies() {
      return new Copies(
          cc.stream().map(Address::parse).toList(),
          bcc.stream().map(Address::parse).toList(),
          replyTo == null ? null : Address.parse(replyTo));
    }
  }

  private TemplateRows() {}

  /** Lets changes of one company's templates pass one by one. */
  static void lock(Sql sql, String company) {
    sql.sql("UPDATE templates SET revision = revision WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  static void insert(Sql sql, Template template) {
    String owner = template.owner();
    sql.sql(
            """
            INSERT INTO templates (company_id, id, owner, purpose, language, is_default, version,
              revision, created_at)
            VALUES (:company, :id, :owner, :purpose, :language, :is_default, 1, 1, :now)\
            """)
        .param("company", template.company())
        .param("id", template.id())
        .param("owner", owner == null ? COMPANY : owner)
        .param("purpose", template.purpose())
        .param("language", template.language())
        .param("is_default", Sql.bit(template.isDefault()))
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static void update(Sql sql, Template template) {
    sql.sql(
            """
            UPDATE templates SET is_default = :is_default, version = :version,
              revision = revision + 1 WHERE company_id = :company AND id = :id\
            """)
        .param("company", template.company())
        .param("id", template.id())
        .param("is_default", Sql.bit(template.isDefault()))
        .param("version", template.version())
        .update();
  }

  static void insertVersion(Sql sql, Template template, @Nullable String note, Caller by) {
    sql.sql(
            """
            INSERT INTO template_versions (company_id, template_id, version, name, content, note,
              saved_at, saved_by, saved_by_name)
            VALUES (:company, :id, :version, :name, :content, :note, :now, :by, :by_name)\
            """)
        .param("company", template.company())
        .param("id", template.id())
        .param("version", template.version())
        .param("name", template.name())
        .param("content", Stored.of(template.body(), template.copies()))
        .param("note", note, Types.VARCHAR)
        .param("now", sql.now().toEpochMilli())
        .param("by", by.id())
        .param("by_name", by.name())
        .update();
  }

  /** Forgets versions before that one. */
  static void forget(Sql sql, String company, String id, long oldest) {
    sql.sql(
            """
            DELETE FROM template_versions
            WHERE company_id = :company AND template_id = :id AND version < :oldest\
            """)
        .param("company", company)
        .param("id", id)
        .param("oldest", oldest)
        .update();
  }

  /** Takes the default away from whichever template has it, so that another can have it. */
  static void clearDefault(Sql sql, String company, String purpose, String language) {
    sql.sql(
            """
            UPDATE templates SET is_default = 0, revision = revision + 1 WHERE company_id = :company
              AND purpose = :purpose AND language = :language AND is_default = 1\
            """)
        .param("company", company)
        .param("purpose", purpose)
        .param("language", language)
        .update();
  }

  static void delete(Sql sql, String company, String id) {
    for (String statement :
        List.of(
            "DELETE FROM template_versions WHERE company_id = :company AND template_id = :id",
            "DELETE FROM templates WHERE company_id = :company AND id = :id"))
      sql.sql(statement).param("company", company).param("id", id).update();
  }

  static long count(Sql sql, String company, @Nullable String owner) {
    return sql.sql("SELECT COUNT(*) FROM templates WHERE company_id = :company AND owner = :owner")
        .param("company", company)
        .param("owner", owner == null ? COMPANY : owner)
        .query(Long.class)
        .single();
  }

  static Optional<Template> find(Sql sql, String company, String id) {
    return where(sql, "t.id = :id", company).param("id", id).query(TemplateRows::row).optional();
  }

  static Optional<Template> defaultOf(Sql sql, String company, String purpose, String language) {
    return where(
            sql, "t.purpose = :purpose AND t.language = :language AND t.is_default = 1", company)
        .param("purpose", purpose)
        .param("language", language)
        .query(TemplateRows::row)
        .optional();
  }

  /** The company's and the reader's own, in the order they were made. */
  static List<Template> list(
      Sql sql, String company, @Nullable String reader, TemplateFilter filter, int most) {
    String after = filter.after();
    return where(
            sql,
            """
            (t.owner = :application OR t.owner = :personal)
              AND (:purpose = '' OR t.purpose = :purpose)
              AND (:language = '' OR t.language = :language) AND t.id > :after
            ORDER BY t.id LIMIT :most\
            """,
            company)
        .param("application", filter.level() == Level.PERSONAL ? "" : COMPANY)
        .param("personal", reader == null || filter.level() == Level.APPLICATION ? "" : reader)
        .param("purpose", filter.purpose() == null ? "" : filter.purpose())
        .param("language", filter.language() == null ? "" : filter.language())
        .param("after", after == null ? "" : after)
        .param("most", most)
        .query(TemplateRows::row)
        .list();
  }

  /** The newest first. */
  static List<TemplateVersion> versions(Sql sql, String company, String id, long before, int most) {
    return sql.sql(
            """
            SELECT * FROM template_versions WHERE company_id = :company AND template_id = :id
              AND version < :before ORDER BY version DESC LIMIT :most\
            """)
        .param("company", company)
        .param("id", id)
        .param("before", before)
        .param("most", most)
        .query(TemplateRows::version)
        .list();
  }

  private static StatementSpec where(Sql sql, String condition, String company) {
    return sql.sql(BOTH + " WHERE t.company_id = :company AND " + condition)
        .param("company", company);
  }

  private static Template row(ResultSet row, int number) throws SQLException {
    Stored stored = Stored.read(row);
    String owner = row.getString("owner");
    boolean ofCompany = owner.equals(COMPANY);
    return new Template(
        row.getString("company_id"),
        row.getString("id"),
        ofCompany ? Level.APPLICATION : Level.PERSONAL,
        ofCompany ? null : owner,
        row.getString("purpose"),
        row.getString("language"),
        row.getString("name"),
        stored.body(),
        stored.copies(),
        row.getLong("is_default") == 1,
        row.getLong("version"),
        row.getLong("revision"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("saved_at")),
        row.getString("saved_by_name"));
  }

  private static TemplateVersion version(ResultSet row, int number) throws SQLException {
    Stored stored = Stored.read(row);
    return new TemplateVersion(
        row.getLong("version"),
        row.getString("name"),
        stored.body(),
        stored.copies(),
        row.getString("note"),
        Instant.ofEpochMilli(row.getLong("saved_at")),
        row.getString("saved_by_name"));
  }
}
