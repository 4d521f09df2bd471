package org.postroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

final class PersonRows {
  private static final String MEMBER =
      "SELECT p.id, p.name, p.email, p.signed_in_at, m.role, m.company_id FROM people p"
          + " JOIN memberships m ON m.person_id = p.id ";
  private static final String MEMBERSHIP = " WHERE company_id = :company AND person_id = :person";

  private PersonRows() {}

  /** What signing in needs to know. */
  record Password(String person, @Nullable String hash) {}

  record Member(Person person, String company) {}

  /** A person without a password signs in elsewhere. No hash looks like this. */
  static final String NO_PASSWORD = "none";

  /** Holds the company's people still until the transaction ends: there must always be somebody. */
  static void hold(Sql sql, String company) {
    sql.sql("UPDATE companies SET id = id WHERE id = :id").param("id", company).update();
  }

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
            "INSERT INTO memberships (company_id, person_id, role, joined_at) VALUES (:company, :person, :role, :now)"
                + " ON CONFLICT (company_id, person_id) DO NOTHING")
        .param("company", company)
        .param("person", person)
        .param("role", role.name())
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static void role(Sql sql, String company, String person, Role role) {
    sql.sql("UPDATE memberships SET role = :role" + MEMBERSHIP)
        .param("role", role.name())
        .param("company", company)
        .param("person", person)
        .update();
  }

  static void leave(Sql sql, String company, String person) {
    sql.sql("DELETE FROM memberships" + MEMBERSHIP)
        .param("company", company)
        .param("person", person)
        .update();
  }

  /** The next sign-in leads to the company somebody was in last. */
  static void used(Sql sql, String company, String person) {
    sql.sql("UPDATE memberships SET used_at = :now" + MEMBERSHIP)
        .param("now", sql.now().toEpochMilli())
        .param("company", company)
        .param("person", person)
        .update();
  }

  /** The company somebody has been in longest. */
  static Optional<String> firstCompany(Sql sql, String person) {
    return sql.sql(
            "SELECT company_id FROM memberships WHERE person_id = :person ORDER BY joined_at, company_id LIMIT 1")
        .param("person", person)
        .query(String.class)
        .optional();
  }

  static void password(Sql sql, String person, String hash) {
    sql.sql("UPDATE people SET password = :hash WHERE id = :id")
        .param("hash", hash)
        .param("id", person)
        .update();
  }

  static void name(Sql sql, String person, String name) {
    sql.sql("UPDATE people SET name = :name WHERE id = :id")
        .param("name", name)
        .param("id", person)
        .update();
  }

  static void email(Sql sql, String person, String email) {
    sql.sql("UPDATE people SET email = :email WHERE id = :id")
        .param("email", email)
        .param("id", person)
        .update();
  }

  /** Who has that address, in whichever company; the role says nothing here. */
  static Optional<Known> byEmail(Sql sql, String email) {
    return known(sql, "email", email);
  }

  static Optional<Known> byId(Sql sql, String id) {
    return known(sql, "id", id);
  }

  /** A person apart from any company. */
  record Known(String id, String name, String email, boolean password) {}

  private static Optional<Known> known(Sql sql, String column, String value) {
    return sql.sql("SELECT id, name, email, password FROM people WHERE " + column + " = :value")
        .param("value", value)
        .query((row, number) ->
            new Known(
                row.getString("id"),
                row.getString("name"),
                row.getString("email"),
                !row.getString("password").equals(NO_PASSWORD)))
        .optional();
  }

  static Optional<Password> password(Sql sql, String email) {
    return sql.sql("SELECT id, password FROM people WHERE email = :email")
        .param("email", email)
        .query((row, number) -> password(row.getString("id"), row.getString("password")))
        .optional();
  }

  private static Password password(String person, String hash) {
    return new Password(person, hash.equals(NO_PASSWORD) ? null : hash);
  }

  static void signedIn(Sql sql, String person) {
    sql.sql("UPDATE people SET signed_in_at = :now WHERE id = :id")
        .param("now", sql.now().toEpochMilli())
        .param("id", person)
        .update();
  }

  static List<Member> memberships(Sql sql, String person) {
    return sql.sql(MEMBER + "WHERE p.id = :id ORDER BY m.used_at DESC, m.joined_at, m.company_id")
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
