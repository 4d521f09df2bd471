package org.postroom.partners;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The SQL of partners. */
final class PartnerRows {
  private static final String INSERT =
      """
      INSERT INTO partners
        (company_id, ref, type, sort_name, search, send_from, content, version, updated_at)
      VALUES
        (:company, :ref, :type, :sort_name, :search, :send_from, :content, 1, :now)
      ON CONFLICT (company_id, ref) DO
      """;

  /** A page starts behind this one. */
  record After(String sortName, String ref) {}

  private PartnerRows() {}

  /** New, or changed with a higher version; empty where it already stands so. */
  static Optional<Partner> put(Sql sql, String company, Partner partner) {
    String update =
        """
        UPDATE SET type = excluded.type, sort_name = excluded.sort_name,
          search = excluded.search, send_from = excluded.send_from, content = excluded.content,
          version = partners.version + 1, updated_at = excluded.updated_at
        WHERE partners.content <> excluded.content
        RETURNING content, version, updated_at\
        """;
    return bind(sql, INSERT + update, company, partner).query(PartnerRows::partner).optional();
  }

  static boolean insertUnlessThere(Sql sql, String company, Partner partner) {
    return bind(sql, INSERT + " NOTHING", company, partner).update() == 1;
  }

  private static StatementSpec bind(Sql sql, String statement, String company, Partner partner) {
    return sql.sql(statement)
        .param("company", company)
        .param("ref", partner.ref())
        .param("type", partner.type().word())
        .param("sort_name", lower(partner.name()))
        .param("search", search(partner))
        .param("send_from", partner.sendFrom(), Types.VARCHAR)
        .param("content", PartnerStore.content(partner))
        .param("now", sql.now().toEpochMilli());
  }

  static Optional<Partner> find(Sql sql, String company, String ref) {
    return sql.sql(
            "SELECT content, version, updated_at FROM partners"
                + " WHERE company_id = :company AND ref = :ref")
        .param("company", company)
        .param("ref", ref)
        .query(PartnerRows::partner)
        .optional();
  }

  static List<Partner> list(
      Sql sql, String company, PartnerFilter filter, int most, @Nullable After after) {
    var where = new StringBuilder("company_id = :company");
    if (filter.q() != null) where.append(" AND search LIKE :q ESCAPE '!'");
    if (filter.type() != null) where.append(" AND type = :type");
    if (after != null) where.append(" AND (sort_name, ref) > (:after_name, :after_ref)");
    StatementSpec statement =
        sql.sql(
                "SELECT content, version, updated_at FROM partners WHERE "
                    + where
                    + " ORDER BY sort_name, ref LIMIT :most")
            .param("company", company)
            .param("most", most);
    if (filter.q() != null) statement = statement.param("q", "%" + literal(filter.q()) + "%");
    if (filter.type() != null) statement = statement.param("type", filter.type().word());
    if (after != null)
      statement = statement.param("after_name", after.sortName()).param("after_ref", after.ref());
    return statement.query(PartnerRows::partner).list();
  }

  static List<Partner> withSendFrom(Sql sql, String company, int most) {
    return sql.sql(
            "SELECT content, version, updated_at FROM partners"
                + " WHERE company_id = :company AND send_from IS NOT NULL"
                + " ORDER BY sort_name, ref LIMIT :most")
        .param("company", company)
        .param("most", most)
        .query(PartnerRows::partner)
        .list();
  }

  static Optional<Partner> anySentFrom(Sql sql, String company, String account) {
    return sql.sql(
            "SELECT content, version, updated_at FROM partners"
                + " WHERE company_id = :company AND send_from = :account ORDER BY ref LIMIT 1")
        .param("company", company)
        .param("account", account)
        .query(PartnerRows::partner)
        .optional();
  }

  /** One whose record holds that id, wherever in it; ids are long enough to be nothing else. */
  static Optional<Partner> anyNaming(Sql sql, String company, String id) {
    return sql.sql(
            "SELECT content, version, updated_at FROM partners"
                + " WHERE company_id = :company AND content LIKE :like ORDER BY ref LIMIT 1")
        .param("company", company)
        .param("like", "%\"" + id + "\"%")
        .query(PartnerRows::partner)
        .optional();
  }

  static After after(Partner partner) {
    return new After(lower(partner.name()), partner.ref());
  }

  /** What a search looks through: ref, names and addresses. */
  private static String search(Partner partner) {
    Partner.Emails emails = partner.emails();
    Stream<Address> addresses =
        Stream.of(emails.main(), emails.cc(), emails.billing(), emails.shipment())
            .flatMap(List::stream);
    Stream<String> contacts =
        partner.contacts().stream()
            .flatMap(contact ->
                Stream.of(
                    contact.name() == null ? "" : contact.name(),
                    contact.email() == null ? "" : contact.email().spec()));
    return lower(
        Stream.of(Stream.of(partner.ref(), partner.name()), addresses.map(Address::spec), contacts)
            .flatMap(words -> words)
            .filter(word -> !word.isEmpty())
            .distinct()
            .collect(Collectors.joining(" ")));
  }

  private static String literal(String q) {
    return lower(q).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Partner partner(ResultSet row, int number) throws SQLException {
    return PartnerStore.partner(
        row.getString("content"),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}
