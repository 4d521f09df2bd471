package org.postroom.access;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postroom.access.Letter.Kind;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/** For people who forgot their password: a link by mail, good once and for an hour. */
@Service
public class NewPasswords implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(NewPasswords.class);
  private final Database database;
  private final Audit audit;
  private final Letters letters;
  private final boolean elsewhere;
  private final ExecutorService mailing = Executors.newVirtualThreadPerTaskExecutor();

  NewPasswords(Database database, Audit audit, Letters letters, Settings settings) {
    this.database = database;
    this.audit = audit;
    this.letters = letters;
    this.elsewhere = PasswordSignIn.off(settings);
  }

  /** False where people sign in with their provider only. */
  public boolean used() {
    return !elsewhere;
  }

  /**
   * Mails a link where somebody has that address. Whether somebody does, neither the answer nor the
   * time it takes tells.
   *
   * @param address where the wish comes from
   */
  public void ask(String email, String address) {
    requirePasswords();
    if (!NewPerson.isAddress(email))
      throw Problem.invalid("/email", "not_an_address", "This is not an email address.");
    String account = Access.normalized(email);
    if (!database.write(sql -> SignInLimits.mayMail(sql, account, address))) return;
    mailing.execute(() -> mail(account, account));
  }

  /** The same, asked for by whoever manages the person's company; the link goes to the person. */
  public Letter.Sent askFor(Caller caller, String person) {
    caller.require(Right.MANAGE_PEOPLE);
    requirePasswords();
    Person member =
        database.write(sql -> {
          Person there = People.existing(sql, caller, person).person();
          if (!SignInLimits.mayMail(sql, there.email(), "people of " + caller.company()))
            throw Problem.of(429, "locked", "Too many links were asked for. Try again later.");
          audit.record(caller, "person.new_password_asked", person, null, null);
          return there;
        });
    return mail(member.email(), caller.name());
  }

  /** Whose password the link changes; 404 where it does not work any more. */
  public String addressOf(String secret) {
    return database.read(sql -> letters.find(sql, Kind.NEW_PASSWORD, secret)).email();
  }

  /**
   * The password given counts from now on. Wherever the person is signed in, they are signed out.
   *
   * @return the address to sign in with
   */
  public String set(String secret, String password) {
    requirePasswords();
    addressOf(secret); // a link that is over costs no hashing
    String hash = Passwords.hash(password, "/password");
    record Done(PersonRows.Known person, String company) {}
    Done done =
        database.write(sql -> {
          Letters.Kept kept = letters.take(sql, Kind.NEW_PASSWORD, secret);
          PersonRows.Known person =
              Optional.ofNullable(kept.person())
                  .flatMap(id -> PersonRows.byId(sql, id))
                  .filter(known -> known.email().equals(kept.email()))
                  .orElseThrow(() -> Problem.notFound("This person"));
          PersonRows.password(sql, person.id(), hash);
          SignInLimits.unlock(sql, person.email());
          SessionRows.deleteAllOf(sql, person.id(), "");
          LetterRows.deleteOf(sql, person.id());
          for (PersonRows.Member member : PersonRows.memberships(sql, person.id()))
            audit.record(Access.caller(member), "person.password_changed", person.id(), null, null);
          return new Done(person, kept.company());
        });
    PersonRows.Known person = done.person();
    mailing.execute(() ->
        letters.tell(
            done.company(), Kind.PASSWORD_CHANGED, person.name(), person.email(), person.name()));
    return person.email();
  }

  @Override
  public void destroy() {
    mailing.close();
  }

  private Letter.Sent mail(String email, String by) {
    Optional<Letters.Made> made = database.write(sql -> link(sql, email, by));
    if (made.isEmpty()) return Letter.Sent.not("Nobody has this address.");
    Letter.Sent sent = letters.send(made.get(), null);
    if (sent.message() == null) LOG.warn("A link for a new password was not sent: {}", sent.why());
    return sent;
  }

  /** Empty where nobody of any company has the address. */
  private Optional<Letters.Made> link(Sql sql, String email, String by) {
    Optional<String> person = PersonRows.byEmail(sql, email).map(PersonRows.Known::id);
    Optional<String> company = person.flatMap(id -> PersonRows.firstCompany(sql, id));
    if (person.isEmpty() || company.isEmpty()) return Optional.empty();
    var wish = Letters.wish(company.get(), Kind.NEW_PASSWORD, email, person.get(), null, by);
    return Optional.of(letters.make(sql, wish, letters.base()));
  }

  private void requirePasswords() {
    if (elsewhere)
      throw Problem.conflict("passwords_off", "Here people sign in with their provider only.");
  }
}
