package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.postroom.access.Letter.Kind;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** What people change about themselves: name, address, password. It counts in all companies. */
@Service
public class OwnSignIn {
  private final Database database;
  private final Audit audit;
  private final Letters letters;
  private final KeptSessions sessions;

  OwnSignIn(Database database, Audit audit, Letters letters, KeptSessions sessions) {
    this.database = database;
    this.audit = audit;
    this.letters = letters;
    this.sessions = sessions;
  }

  /** Whether the caller has a password; people who sign in elsewhere need none. */
  public boolean hasPassword(Caller caller) {
    return database.read(sql -> own(sql, caller)).password();
  }

  public void rename(Caller caller, String name) {
    if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl))
      throw Problem.invalid("/name", "required", "Give a name of up to 100 characters.");
    database.run(sql -> {
      PersonRows.Known before = own(sql, caller);
      PersonRows.name(sql, caller.id(), name.strip());
      audit.record(caller, "person.renamed", caller.id(), before.name(), name.strip());
    });
  }

  /**
   * Another password; whoever is signed in with the old one elsewhere is signed out.
   *
   * @param present the old one, which proves that it is not just somebody at the open browser
   * @throws Problem 422 where it is wrong, 429 after too many wrong ones
   */
  public void changePassword(
      Caller caller, String present, String wanted, HttpServletRequest request) {
    PersonRows.Known person = database.read(sql -> own(sql, caller));
    requirePassword(person, present, request.getRemoteAddr());
    String hash = Passwords.hash(wanted, "/wanted");
    String current = sessions.of(request).map(KeptSession::idHash).orElse("");
    database.run(sql -> {
      PersonRows.password(sql, person.id(), hash);
      SessionRows.deleteAllOf(sql, person.id(), current);
      LetterRows.deleteOf(sql, person.id());
      audit.record(caller, "person.password_changed", person.id(), null, null);
    });
    tell(person, Kind.PASSWORD_CHANGED, person.email());
  }

  /**
   * Mails a link to the new address; the old one counts until somebody opens it.
   *
   * @throws Problem 422 where the password is wrong or the address is none
   */
  public Letter.Sent changeAddress(
      Caller caller, String present, String wanted, HttpServletRequest request) {
    PersonRows.Known person = database.read(sql -> own(sql, caller));
    if (!NewPerson.isAddress(wanted))
      throw Problem.invalid("/email", "not_an_address", "This is not an email address.");
    String email = Access.normalized(wanted);
    requirePassword(person, present, request.getRemoteAddr());
    Letters.Made made =
        database.write(sql -> {
          if (!SignInLimits.mayMail(sql, email, request.getRemoteAddr()))
            throw Problem.of(429, "locked", "Too many links were asked for. Try again later.");
          String company = PersonRows.firstCompany(sql, person.id()).orElse(caller.company());
          var wish =
              Letters.wish(company, Kind.NEW_ADDRESS, email, person.id(), null, person.name());
          return letters.make(sql, wish, letters.base());
        });
    return letters.send(made, person.name());
  }

  /** The new address counts from now on; the link in it proved that it is theirs. */
  public void confirmAddress(String secret) {
    record Changed(PersonRows.Known before, String company) {}
    Changed changed =
        database.write(sql -> {
          Letters.Kept kept = letters.take(sql, Kind.NEW_ADDRESS, secret);
          PersonRows.Known person =
              Optional.ofNullable(kept.person())
                  .flatMap(id -> PersonRows.byId(sql, id))
                  .orElseThrow(() -> Problem.notFound("This person"));
          if (PersonRows.byEmail(sql, kept.email()).isPresent())
            throw Problem.conflict("taken", "This address is in use for another sign-in.");
          PersonRows.email(sql, person.id(), kept.email());
          LetterRows.deleteOf(sql, person.id());
          everywhere(sql, person.id(), "person.address_changed", person.email(), kept.email());
          return new Changed(person, kept.company());
        });
    letters.tell(
        changed.company(),
        Kind.ADDRESS_CHANGED,
        changed.before().name(),
        changed.before().email(),
        changed.before().name());
  }

  /** What the link would change, for the page that asks; 404 where it works no more. */
  public String addressOf(String secret) {
    return database.read(sql -> letters.find(sql, Kind.NEW_ADDRESS, secret)).email();
  }

  private void everywhere(Sql sql, String person, String what, String from, String to) {
    for (PersonRows.Member member : PersonRows.memberships(sql, person))
      audit.record(Access.caller(member), what, person, from, to);
  }

  private void requirePassword(PersonRows.Known person, String given, String address) {
    if (!person.password())
      throw Problem.invalid(
          "/present",
          "no_password",
          "You have no password. Sign out and ask for one under “Forgot your password?”.");
    database
        .write(sql -> SignInLimits.tried(sql, person.email(), address))
        .ifPresent(until -> {
          throw Problem.of(429, "locked", "Too many wrong tries. Wait a few minutes.");
        });
    String hash =
        database
            .read(sql -> PersonRows.password(sql, person.email()))
            .map(PersonRows.Password::hash)
            .orElse(null);
    if (!Passwords.matches(given, hash))
      throw Problem.invalid("/present", "wrong", "This is not your present password.");
    database.run(sql -> SignInLimits.succeeded(sql, person.email(), address));
  }

  private void tell(PersonRows.Known person, Kind kind, String email) {
    database
        .read(sql -> PersonRows.firstCompany(sql, person.id()))
        .ifPresent(company -> letters.tell(company, kind, person.name(), email, person.name()));
  }

  private static PersonRows.Known own(Sql sql, Caller caller) {
    if (caller.kind() != Caller.Kind.PERSON)
      throw Problem.forbidden("Only somebody who signed in has this.");
    return PersonRows.byId(sql, caller.id()).orElseThrow(() -> Problem.notFound("This person"));
  }
}
