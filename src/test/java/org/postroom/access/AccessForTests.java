package org.postroom.access;

import java.time.ZoneId;
import java.util.List;
import org.postroom.db.Database;
import org.postroom.db.Ids;

/** The real access on a test's database, for tests of modules that use it. */
public final class AccessForTests {
  private AccessForTests() {}

  public static Access on(Database database) {
    return new Access(database, new Audit(database), List.of());
  }

  /** A company in that time zone; its id. */
  public static String company(Database database, String name, ZoneId zone) {
    return company(on(database), name, zone);
  }

  /** The same with everything companies start with, where the access knows it. */
  public static String company(Access access, String name, ZoneId zone) {
    return company(access, name, zone, Company.named(Ids.next("co"), name).country());
  }

  /** A company in that time zone and country; its id. */
  public static String company(Database database, String name, ZoneId zone, String country) {
    return company(on(database), name, zone, country);
  }

  private static String company(Access access, String name, ZoneId zone, String country) {
    Company c = Company.named(Ids.next("co"), name);
    var there =
        new Company(
            c.id(),
            c.name(),
            c.address(),
            country,
            c.currency(),
            c.language(),
            zone,
            c.email(),
            c.phone(),
            c.website(),
            c.taxId(),
            c.registration(),
            c.bankName(),
            c.iban(),
            c.bic(),
            c.colour(),
            c.logo(),
            c.paper());
    String email = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + "@acme.example";
    access.createCompany(there, new NewPerson("A", email, "{argon2}x"));
    return there.id();
  }

  /** A company with somebody in it. */
  public static Company company(Access access, String name) {
    Company company = Company.named(Ids.next("co"), name);
    String email = name.toLowerCase(java.util.Locale.ROOT) + "@admin.example";
    access.createCompany(company, new NewPerson("Maria Lund", email, "{argon2}x"));
    return company;
  }
}
