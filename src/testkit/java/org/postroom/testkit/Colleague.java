package org.postroom.testkit;

import org.postroom.db.Database;

/** Somebody who works in a company, for tests of parts that know people by their id alone. */
public final class Colleague {
  private Colleague() {}

  /** Makes the company too where it is not there. */
  public static void of(Database database, String company, String person) {
    database.run(sql -> {
      sql.sql(
              """
              INSERT INTO companies
                (id, name, address, country, currency, language, time_zone, colour, paper, created_at)
              VALUES (:id, 'Acme', '', 'DE', 'EUR', 'en', 'Europe/Berlin', '#206bc4', 'A4', 0)
              ON CONFLICT (id) DO NOTHING\
              """)
          .param("id", company)
          .update();
      sql.sql(
              "INSERT INTO people (id, email, name, password, created_at)"
                  + " VALUES (:id, :email, :id, '', 0)")
          .param("id", person)
          .param("email", person + "@acme.example")
          .update();
      sql.sql(
              "INSERT INTO memberships (company_id, person_id, role)"
                  + " VALUES (:company, :person, 'SALES')")
          .param("company", company)
          .param("person", person)
          .update();
    });
  }
}
