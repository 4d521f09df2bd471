package org.postroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.db.Sql;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

final class CompanyRows {
  private CompanyRows() {}

  static void insert(Sql sql, Company company) {
    bind(
            sql.sql(
                """
                INSERT INTO companies (id, name, address, country, currency, language, time_zone,
                  email, phone, website, tax_id, registration, bank_name, iban, bic, colour, logo,
                  paper, created_at)
                VALUES (:id, :name, :address, :country, :currency, :language, :time_zone,
                  :email, :phone, :website, :tax_id, :registration, :bank_name, :iban, :bic, :colour,
                  :logo, :paper, :now)
                """),
            company)
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static int update(Sql sql, Company company) {
    return bind(
            sql.sql(
                """
                UPDATE companies SET name = :name, address = :address, country = :country,
                  currency = :currency, language = :language, time_zone = :time_zone, email = :email,
                  phone = :phone, website = :website, tax_id = :tax_id, registration = :registration,
                  bank_name = :bank_name, iban = :iban, bic = :bic, colour = :colour, logo = :logo,
                  paper = :paper
                WHERE id = :id
                """),
            company)
        .update();
  }

  static Optional<Company> find(Sql sql, String id) {
    return sql.sql("SELECT * FROM companies WHERE id = :id")
        .param("id", id)
        .query(CompanyRows::company)
        .optional();
  }

  static List<Company> all(Sql sql) {
    return sql.sql("SELECT * FROM companies ORDER BY id").query(CompanyRows::company).list();
  }

  /** Those somebody works in, by name. */
  static List<People.Workplace> of(Sql sql, String person) {
    return sql.sql(
            "SELECT c.id, c.name, m.role FROM companies c JOIN memberships m ON m.company_id = c.id"
                + " WHERE m.person_id = :person ORDER BY c.name, c.id")
        .param("person", person)
        .query((row, number) ->
            new People.Workplace(
                row.getString("id"), row.getString("name"), Role.valueOf(row.getString("role"))))
        .list();
  }

  static boolean any(Sql sql) {
    return !sql.sql("SELECT id FROM companies LIMIT 1").query(String.class).list().isEmpty();
  }

  private static StatementSpec bind(StatementSpec statement, Company company) {
    return statement
        .param("id", company.id())
        .param("name", company.name())
        .param("address", String.join("\n", company.address()))
        .param("country", company.country())
        .param("currency", company.currency())
        .param("language", company.language().toLanguageTag())
        .param("time_zone", company.timeZone().getId())
        .param("email", company.email(), Types.VARCHAR)
        .param("phone", company.phone(), Types.VARCHAR)
        .param("website", company.website(), Types.VARCHAR)
        .param("tax_id", company.taxId(), Types.VARCHAR)
        .param("registration", company.registration(), Types.VARCHAR)
        .param("bank_name", company.bankName(), Types.VARCHAR)
        .param("iban", company.iban(), Types.VARCHAR)
        .param("bic", company.bic(), Types.VARCHAR)
        .param("colour", company.colour())
        .param("logo", company.logo(), Types.BINARY)
        .param("paper", company.paper().name());
  }

  private static Company company(ResultSet row, int number) throws SQLException {
    String address = row.getString("address");
    return new Company(
        row.getString("id"),
        row.getString("name"),
        address.isEmpty() ? List.of() : List.of(address.split("\n")),
        row.getString("country"),
        row.getString("currency"),
        Locale.forLanguageTag(row.getString("language")),
        ZoneId.of(row.getString("time_zone")),
        row.getString("email"),
        row.getString("phone"),
        row.getString("website"),
        row.getString("tax_id"),
        row.getString("registration"),
        row.getString("bank_name"),
        row.getString("iban"),
        row.getString("bic"),
        row.getString("colour"),
        row.getBytes("logo"),
        Company.Paper.valueOf(row.getString("paper")));
  }
}
