package org.postroom.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;

/**
 * Makes administrators without a running application: for whoever may read and write the database
 * anyway. Everything stands in the audit trail, as done by the command line.
 */
public final class Administrators {
  private static final String ACTOR = "command line";
  private final Database database;
  private final Audit audit;
  private final Start start;

  /** What a new company starts with, in the same transaction. */
  public interface Start {
    void begin(Company company, NewPerson administrator);
  }

  /**
   * What was done.
   *
   * @param result {@code set_up}, {@code added}, {@code promoted}, {@code password_changed}
   * @param person id
   * @param company id
   * @param words for people
   */
  public record Made(String result, String person, String company, List<String> words) {
    public Made {
      words = List.copyOf(words);
    }
  }

  public Administrators(Database database, Start start) {
    this.database = database;
    this.audit = new Audit(database);
    this.start = start;
  }

  /**
   * Adds an administrator to a company; the first one makes the company. Somebody who is there
   * already gets the role and keeps the password.
   *
   * @param company id or name; may be empty where there is one at most
   * @throws Problem 409 where it is not clear which company, 404 where there is none of that name
   */
  public Made add(NewPerson person, String company) {
    return database.write(sql -> {
      List<Company> companies = CompanyRows.all(sql);
      if (companies.isEmpty()) return setUp(sql, person, company);
      return join(sql, person, meant(companies, company));
    });
  }

  /**
   * A new password for somebody who is there, of any role; whoever is signed in as this person has
   * to sign in anew, and wrong tries are forgotten.
   *
   * @throws Problem 404 where nobody has this address
   */
  public Made letIn(NewPerson person) {
    String email = normalized(person.email());
    return database.write(sql -> {
      String id =
          PersonRows.password(sql, email)
              .map(PersonRows.Password::person)
              .orElseThrow(() -> Problem.notFound("A person with the address " + email));
      AdministratorRows.password(sql, id, person.passwordHash());
      AdministratorRows.endSessions(sql, id);
      AdministratorRows.forgetWrongTries(sql, email);
      List<PersonRows.Member> memberships = PersonRows.memberships(sql, id);
      memberships.forEach(each -> told(each.company(), "person.password_changed", id, email));
      String company = memberships.isEmpty() ? "" : memberships.getFirst().company();
      return new Made(
          "password_changed",
          id,
          company,
          List.of(email + " has a new password. Sessions of that person have ended."));
    });
  }

  private Made setUp(Sql sql, NewPerson person, String name) {
    if (!AdministratorRows.first(sql)) throw Problem.conflict("set_up", "Somebody was faster.");
    Company company = Company.named(Ids.next("co"), name.isBlank() ? "My company" : name.strip());
    CompanyCheck.check(company);
    CompanyRows.insert(sql, company);
    String id = insert(sql, person);
    PersonRows.join(sql, company.id(), id, Role.ADMINISTRATOR);
    start.begin(company, person);
    told(company.id(), "company.created", company.id(), company.name());
    return new Made(
        "set_up",
        id,
        company.id(),
        List.of(
            "The company “"
                + company.name()
                + "” is made, with the administrator "
                + normalized(person.email())
                + ".",
            "Its address and the rest are changed on its page, after signing in."));
  }

  private Made join(Sql sql, NewPerson person, Company company) {
    String email = normalized(person.email());
    Optional<String> known = PersonRows.password(sql, email).map(PersonRows.Password::person);
    String id = known.orElseGet(() -> insert(sql, person));
    Optional<Role> role =
        PersonRows.memberships(sql, id).stream()
            .filter(member -> member.company().equals(company.id()))
            .map(member -> member.person().role())
            .findFirst();
    if (role.isPresent() && role.get() == Role.ADMINISTRATOR)
      throw Problem.conflict(
          "administrator",
          email
              + " is an administrator of “"
              + company.name()
              + "” already. To give a new password, add --reset-password.");
    AdministratorRows.promote(sql, company.id(), id);
    told(
        company.id(),
        role.isPresent() ? "person.changed" : "person.added",
        id,
        email + " " + Role.ADMINISTRATOR);
    String words = email + " is an administrator of “" + company.name() + "” now";
    return known.isPresent()
        ? new Made(
            "promoted", id, company.id(), List.of(words + ", with the same password as before."))
        : new Made("added", id, company.id(), List.of(words + "."));
  }

  private static String insert(Sql sql, NewPerson person) {
    var made =
        new Person(
            Ids.next("usr"), person.name(), normalized(person.email()), Role.ADMINISTRATOR, null);
    PersonRows.insert(sql, made, person.passwordHash());
    return made.id();
  }

  private static Company meant(List<Company> companies, String wanted) {
    if (wanted.isBlank() && companies.size() == 1) return companies.getFirst();
    List<Company> meant =
        companies.stream()
            .filter(each -> each.id().equals(wanted) || each.name().equalsIgnoreCase(wanted))
            .toList();
    if (meant.size() == 1) return meant.getFirst();
    if (wanted.isBlank() || meant.size() > 1)
      throw Problem.conflict("several_companies", "Say which company: " + ids(companies) + ".");
    throw Problem.of(
        404, "not_found", "There is no company “" + wanted + "”, but: " + ids(companies) + ".");
  }

  private static String ids(List<Company> companies) {
    return String.join(
        ", ", companies.stream().map(each -> each.id() + " (" + each.name() + ")").toList());
  }

  private void told(String company, String what, String subject, String to) {
    Caller postroom = Caller.postroom(company);
    audit.record(postroom, what, subject, null, to + " (by the " + ACTOR + ")");
  }

  private static String normalized(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }
}
