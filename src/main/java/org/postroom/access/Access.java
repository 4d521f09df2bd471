package org.postroom.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** Companies, the people in them, and who somebody is. */
@Service
public class Access {
  private final Database database;
  private final Audit audit;
  private final List<FirstCompany> starters;

  Access(Database database, Audit audit, List<FirstCompany> starters) {
    this.database = database;
    this.audit = audit;
    this.starters = List.copyOf(starters);
  }

  /** The company of that id; 404 where there is none. */
  public Company company(String id) {
    return database
        .read(sql -> CompanyRows.find(sql, id))
        .orElseThrow(() -> Problem.notFound("This company"));
  }

  /** Every company of the installation, the oldest first. */
  public List<Company> companies() {
    return database.read(CompanyRows::all);
  }

  /** Keeps the company as given, checked; only the caller's own. */
  public void updateCompany(Caller caller, Company company) {
    caller.require(Right.MANAGE_ACCOUNTS);
    if (!caller.company().equals(company.id())) throw Problem.forbidden("This is another company.");
    CompanyCheck.check(company);
    database.run(sql -> {
      Company before =
          CompanyRows.find(sql, company.id()).orElseThrow(() -> Problem.notFound("This company"));
      CompanyRows.update(sql, company);
      audit.record(
          caller,
          "company.changed",
          company.id(),
          CompanyCheck.summary(before),
          CompanyCheck.summary(company));
    });
  }

  /**
   * Makes a company with its first administrator and everything companies start with, in one
   * transaction.
   */
  public void createCompany(Company company, NewPerson administrator) {
    CompanyCheck.check(company);
    String hash = administrator.passwordHash();
    var person =
        new Person(
            Ids.next("usr"),
            administrator.name(),
            normalized(administrator.email()),
            Role.ADMINISTRATOR,
            null);
    database.run(sql -> {
      CompanyRows.insert(sql, company);
      PersonRows.insert(sql, person, hash);
      PersonRows.join(sql, company.id(), person.id(), Role.ADMINISTRATOR);
      audit.record(
          Caller.postroom(company.id()), "company.created", company.id(), null, company.name());
      starters.forEach(starter -> starter.created(company.id(), person.email()));
    });
  }

  /**
   * Whether somebody may add a company to this installation: a person who manages the people of
   * every company there is. Where strangers share an installation, nobody does; who runs the server
   * adds one there.
   */
  public boolean mayAddCompany(Caller caller) {
    return caller.kind() == Caller.Kind.PERSON
        && companies().stream()
            .allMatch(company ->
                caller(caller.id(), company.id())
                    .filter(there -> there.may(Right.MANAGE_PEOPLE))
                    .isPresent());
  }

  /** Makes a further company, with everything companies start with; the caller administers it. */
  public void addCompany(Caller caller, Company company) {
    if (!mayAddCompany(caller))
      throw Problem.forbidden("Only who manages all companies of this installation adds another.");
    CompanyCheck.check(company);
    database.run(sql -> {
      CompanyRows.insert(sql, company);
      PersonRows.join(sql, company.id(), caller.id(), Role.ADMINISTRATOR);
      var there = PersonRows.memberships(sql, caller.id()).stream();
      Caller administrator =
          there
              .filter(member -> member.company().equals(company.id()))
              .findFirst()
              .map(Access::caller)
              .orElseThrow();
      audit.record(administrator, "company.created", company.id(), null, company.name());
      String email = String.valueOf(caller.email());
      starters.forEach(starter -> starter.created(company.id(), email));
    });
  }

  /** Who works in the company, by name. */
  public List<Person> people(String company) {
    return database.read(
        sql -> PersonRows.members(sql, company).stream().map(PersonRows.Member::person).toList());
  }

  /**
   * Who somebody is that gives this password. Wrong ones are counted, by account and by the address
   * they come from; the answer does not tell whether the account exists.
   */
  public Caller signIn(String email, String password, String address) {
    String account = normalized(email);
    database
        .write(sql -> SignInLimits.tried(sql, account, address))
        .ifPresent(until -> {
          throw Problem.of(
              429,
              "locked",
              "Too many wrong tries. Signing in is possible again in a few minutes.");
        });
    Optional<PersonRows.Password> kept = database.read(sql -> PersonRows.password(sql, account));
    boolean right = Passwords.matches(password, kept.map(PersonRows.Password::hash).orElse(null));
    if (!right || kept.isEmpty()) throw wrong();
    String person = kept.get().person();
    database.run(sql -> {
      SignInLimits.succeeded(sql, account, address);
      PersonRows.signedIn(sql, person);
    });
    return caller(person, null).orElseThrow(Access::wrong);
  }

  /** The person in that company (the first one where null), with today's rights. */
  public Optional<Caller> caller(String person, @Nullable String company) {
    return database.read(sql -> PersonRows.memberships(sql, person)).stream()
        .filter(member -> company == null || member.company().equals(company))
        .findFirst()
        .map(Access::caller);
  }

  static Caller caller(PersonRows.Member member) {
    Person person = member.person();
    return new Caller(
        member.company(),
        Caller.Kind.PERSON,
        person.id(),
        person.name(),
        person.email(),
        person.role().rights(),
        false);
  }

  private static Problem wrong() {
    return Problem.of(401, "wrong_sign_in", "Email address or password is not right.");
  }

  static String normalized(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }
}
