package org.postroom.access;

import java.util.List;
import org.postroom.db.Database;

/** The real access on a test's database, for tests of modules that use it. */
public final class AccessForTests {
  private AccessForTests() {}

  public static Access on(Database database) {
    return new Access(database, new Audit(database), List.of());
  }

  /** A company with somebody in it. */
  public static Company company(Access access, String name) {
    Company company = Installation.named(name);
    String email = name.toLowerCase(java.util.Locale.ROOT) + "@admin.example";
    access.createCompany(company, new NewPerson("Maria Lund", email, "{argon2}x"));
    return company;
  }
}
