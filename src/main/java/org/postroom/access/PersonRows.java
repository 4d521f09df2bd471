package org.postroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Sql;

final class PersonRows {
  private static final String MEMBER =
      "SELECT p.id, p.name, p.email, p.signed_in_at, m.role, m.company_id FROM people p"
          + " JOIN memberships m ON m.person_id = p.id ";

  private PersonRows() {}

  /** What signing in needs to know. */
  record Password(String person, String hash) {}

  record Member(Person person, String company) {}

  static void insert(Sql sql, Person person, String password) {
    sql.sql(
            "INSERT INTO people (id, email, name, password, created_at) VALUES (:id, :email, :name, :password, :now)")
        .param("id", person.id())
        .param("email", person.email())
        .param("name", person.name())
        .param("password", password)
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static void join(Sql sql, String company, String person, Role role) {
    sql.sql(
            "INSERT INTO memberships (company_id, person_id, role) VALUES (:company, :person, :role)")
        .param("company", company)
        .param("person", person)
        .param("role", role.name())
        .update();
  }

  static Optional<Password> password(Sql sql, String email) {
    return sql.sql("SELECT id, password FROM people WHERE email = :email")
        .param("email", email)
        .query((row, number) -> new Password(row.getString("id"), row.getString("password")))
        .optional();
  }

  static void signedIn(Sql sql, String person) {
    sql.sql("UPDATE people SET signed_in_at = :now WHERE id = :id")
        .param("now", sql.now().toEpochMilli())
        .param("id", person)
        .update();
  }

  static List<Member> memberships(Sql sql, String person) {
    return sql.sql(MEMBER + "WHERE p.id = :id ORDER BY m.company_id")
        .param("id", person)
        .query(PersonRows::member)
        .list();
  }

  static List<Member> members(Sql sql, String company) {
    return sql.sql(MEMBER + "WHERE m.company_id = :id ORDER BY p.name, p.id")
        .param("id", company)
        .query(PersonRows::member)
        .list();
  }

  private static Member member(ResultSet row, int number) throws SQLException {
    long signedIn = row.getLong("signed_in_at");
    return new Member(
        new Person(
            row.getString("id"),
            row.getString("name"),
            row.getString("email"),
            Role.valueOf(row.getString("role")),
            signedIn == 0 ? null : java.time.Instant.ofEpochMilli(signedIn)),
        row.getString("company_id"));
  }
}
