package org.postroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.access.Letter.Kind;
import org.postroom.db.Sql;

/** The SQL of one-time links. */
final class LetterRows {
  private LetterRows() {}

  static void insert(Sql sql, Letters.Kept kept, String hash) {
    Role role = kept.role();
    sql.sql(
            """
            INSERT INTO letters (company_id, id, kind, email, person_id, role, hash, made_by, made_at, ends_at)
            VALUES (:company, :id, :kind, :email, :person, :role, :hash, :by, :made, :ends)
            """)
        .param("company", kept.company())
        .param("id", kept.id())
        .param("kind", kept.kind().word())
        .param("email", kept.email())
        .param("person", kept.person(), Types.VARCHAR)
        .param("role", role == null ? null : role.name(), Types.VARCHAR)
        .param("hash", hash)
        .param("by", kept.madeBy())
        .param("made", kept.madeAt().toEpochMilli())
        .param("ends", kept.endsAt().toEpochMilli())
        .update();
  }

  static Optional<Letters.Kept> byHash(Sql sql, String hash, Instant now) {
    return sql.sql("SELECT * FROM letters WHERE hash = :hash AND ends_at > :now")
        .param("hash", hash)
        .param("now", now.toEpochMilli())
        .query(LetterRows::kept)
        .optional();
  }

  static Optional<Letters.Kept> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM letters WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query(LetterRows::kept)
        .optional();
  }

  /** Invitations of a company that still work, the newest first. */
  static List<Letters.Kept> invitations(Sql sql, String company, Instant now) {
    return sql.sql(
            """
            SELECT * FROM letters WHERE company_id = :company AND kind = 'invitation' AND ends_at > :now
            ORDER BY id DESC LIMIT 500
            """)
        .param("company", company)
        .param("now", now.toEpochMilli())
        .query(LetterRows::kept)
        .list();
  }

  /** Invitations of any company to that address. */
  static List<Letters.Kept> invitedAs(Sql sql, String email, Instant now) {
    return sql.sql(
            "SELECT * FROM letters WHERE email = :email AND kind = 'invitation' AND ends_at > :now ORDER BY id")
        .param("email", email)
        .param("now", now.toEpochMilli())
        .query(LetterRows::kept)
        .list();
  }

  static void sent(Sql sql, String company, String id, String message) {
    sql.sql("UPDATE letters SET message_id = :message WHERE company_id = :company AND id = :id")
        .param("message", message)
        .param("company", company)
        .param("id", id)
        .update();
  }

  static int delete(Sql sql, String company, String id) {
    return sql.sql("DELETE FROM letters WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  /** Only the newest link of a sort works; a person's own ones whichever company mailed them. */
  static void withdraw(Sql sql, Letters.Kept wish) {
    String where =
        wish.kind() == Kind.INVITATION
            ? "company_id = :company AND kind = :kind AND email = :email"
            : "person_id = :person AND kind = :kind";
    var statement = sql.sql("DELETE FROM letters WHERE " + where).param("kind", wish.kind().word());
    if (wish.kind() == Kind.INVITATION)
      statement.param("company", wish.company()).param("email", wish.email()).update();
    else statement.param("person", String.valueOf(wish.person())).update();
  }

  /** Whatever was mailed to a person about their sign-in stops to work. */
  static void deleteOf(Sql sql, String person) {
    sql.sql("DELETE FROM letters WHERE person_id = :person AND kind <> 'invitation'")
        .param("person", person)
        .update();
  }

  static void forget(Sql sql, Instant now) {
    sql.sql("DELETE FROM letters WHERE ends_at <= :now").param("now", now.toEpochMilli()).update();
  }

  private static Letters.Kept kept(ResultSet row, int number) throws SQLException {
    String role = row.getString("role");
    return new Letters.Kept(
        row.getString("company_id"),
        row.getString("id"),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("email"),
        row.getString("person_id"),
        role == null ? null : Role.valueOf(role),
        row.getString("made_by"),
        Instant.ofEpochMilli(row.getLong("made_at")),
        Instant.ofEpochMilli(row.getLong("ends_at")),
        row.getString("message_id"));
  }
}
