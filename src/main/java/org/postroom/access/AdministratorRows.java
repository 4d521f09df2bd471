package org.postroom.access;

import org.postroom.db.Sql;

/** The SQL of what the command line does to people. */
final class AdministratorRows {
  private AdministratorRows() {}

  /** Whether this transaction is the one that sets up: one row that only one can insert. */
  static boolean first(Sql sql) {
    return sql.sql(
                "INSERT INTO installation (name, value) VALUES ('set_up', 'yes') ON CONFLICT (name) DO NOTHING")
            .update()
        == 1;
  }

  static void password(Sql sql, String person, String hash) {
    sql.sql("UPDATE people SET password = :hash WHERE id = :person")
        .param("hash", hash)
        .param("person", person)
        .update();
  }

  static void promote(Sql sql, String company, String person) {
    sql.sql(
            """
            INSERT INTO memberships (company_id, person_id, role) VALUES (:company, :person, :role)
            ON CONFLICT (company_id, person_id) DO UPDATE SET role = excluded.role\
            """)
        .param("company", company)
        .param("person", person)
        .param("role", Role.ADMINISTRATOR.name())
        .update();
  }

  static void endSessions(Sql sql, String person) {
    sql.sql("DELETE FROM sessions WHERE person_id = :person").param("person", person).update();
  }

  static void forgetWrongTries(Sql sql, String email) {
    SignInLimits.unlock(sql, email);
  }
}
