package org.postroom.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Letter.Kind;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** How people come into a company: somebody invites them by mail, and they accept. */
@Service
public class Invitations {
  private static final int MOST = 200;

  private final Database database;
  private final Audit audit;
  private final Letters letters;

  Invitations(Database database, Audit audit, Letters letters) {
    this.database = database;
    this.audit = audit;
    this.letters = letters;
  }

  /**
   * One that still works.
   *
   * @param message the mail that carries it, null where none was made
   */
  public record Open(
      String id,
      String email,
      Role role,
      String by,
      Instant at,
      Instant ends,
      @Nullable String message) {}

  /**
   * One just made.
   *
   * @param link to hand over where no mail goes out: its only copy; null where the mail is on its
   *     way
   * @param why no mail goes out
   */
  public record Made(Open open, @Nullable String link, @Nullable String why) {}

  /** What somebody sees who opens the link. */
  public record Offer(String company, String email, Role role, String by, boolean known) {}

  /**
   * Invites somebody; an earlier invitation to the same address stops to work. Whether the address
   * belongs to somebody of another company is told to nobody.
   *
   * @param here the address the caller's browser knows us by, for installations without a setting
   * @throws Problem 403 for a role with rights the caller lacks, 409 for somebody who is there
   */
  public Made invite(Caller caller, String email, Role role, String here) {
    caller.require(Right.MANAGE_PEOPLE);
    String address = checked(email);
    People.requireRights(caller, role);
    Letters.Made made =
        database.write(sql -> {
          PersonRows.hold(sql, caller.company());
          boolean there =
              PersonRows.members(sql, caller.company()).stream()
                  .anyMatch(member -> member.person().email().equals(address));
          if (there) throw Problem.conflict("already_there", "This person is in the company.");
          if (LetterRows.invitations(sql, caller.company(), sql.now()).size() >= MOST)
            throw Problem.conflict(
                "too_many", "There are " + MOST + " open invitations. Withdraw some first.");
          var wish =
              Letters.wish(caller.company(), Kind.INVITATION, address, null, role, caller.name());
          Letters.Made letter = letters.make(sql, wish, letters.base(here));
          audit.record(
              caller, "person.invited", letter.kept().id(), null, address + ", " + role.words());
          return letter;
        });
    Letter.Sent sent = letters.send(made, null);
    return new Made(
        open(made.kept(), sent.message()), sent.message() == null ? made.link() : null, sent.why());
  }

  /** The same once more with a new link, and as long again. */
  public Made again(Caller caller, String id, String here) {
    caller.require(Right.MANAGE_PEOPLE);
    Letters.Kept kept = database.read(sql -> existing(sql, caller, id));
    return invite(caller, kept.email(), role(kept), here);
  }

  /** Its link stops to work. */
  public void withdraw(Caller caller, String id) {
    caller.require(Right.MANAGE_PEOPLE);
    database.run(sql -> {
      Letters.Kept kept = existing(sql, caller, id);
      LetterRows.delete(sql, caller.company(), id);
      audit.record(caller, "person.invitation_withdrawn", id, kept.email(), null);
    });
  }

  /** Those that nobody accepted yet, the newest first. */
  public List<Open> list(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    return database.read(sql ->
        LetterRows.invitations(sql, caller.company(), sql.now()).stream()
            .map(kept -> open(kept, kept.message()))
            .toList());
  }

  /** What the link offers; 404 where it does not work any more. */
  public Offer offer(String secret) {
    return database.read(sql -> {
      Letters.Kept kept = letters.find(sql, Kind.INVITATION, secret);
      String company =
          CompanyRows.find(sql, kept.company())
              .map(Company::name)
              .orElseThrow(() -> Problem.notFound("This company"));
      boolean known = PersonRows.byEmail(sql, kept.email()).isPresent();
      return new Offer(company, kept.email(), role(kept), kept.madeBy(), known);
    });
  }

  /**
   * Somebody new accepts, with a name and password of their own. Who has the link has the mailbox.
   *
   * @return the address to sign in with
   * @throws Problem 409 where somebody has that address: they sign in and accept as themselves
   */
  public String accept(String secret, String name, String password) {
    String email = database.read(sql -> letters.find(sql, Kind.INVITATION, secret)).email();
    NewPerson person = NewPerson.of(name, email, password);
    database.run(sql -> {
      Letters.Kept kept = letters.take(sql, Kind.INVITATION, secret);
      if (PersonRows.byEmail(sql, kept.email()).isPresent()) throw signInFirst();
      join(sql, kept, newcomer(sql, person.name(), kept.email(), person.passwordHash()));
    });
    return email;
  }

  /**
   * Somebody who signed in accepts with the link they were mailed: only for their own address.
   *
   * @return the company they came into
   */
  public String acceptAs(Caller caller, String secret) {
    return database.write(sql -> {
      Letters.Kept kept = letters.take(sql, Kind.INVITATION, secret);
      if (!kept.email().equals(Access.normalized(String.valueOf(caller.email()))))
        throw Problem.forbidden(
            "This invitation is for "
                + kept.email()
                + ". You are signed in as "
                + caller.email()
                + ".");
      join(sql, kept, caller.id());
      return kept.company();
    });
  }

  /**
   * Somebody whose provider vouches for the address accepts whatever they were invited to.
   *
   * @param person null for somebody new
   * @return who they are; empty where nobody knows or invited them
   */
  Optional<String> acceptAll(Sql sql, @Nullable String person, String email, String name) {
    List<Letters.Kept> open = LetterRows.invitedAs(sql, Access.normalized(email), sql.now());
    if (open.isEmpty()) return Optional.ofNullable(person);
    String who =
        person == null
            ? newcomer(sql, name, Access.normalized(email), PersonRows.NO_PASSWORD)
            : person;
    for (Letters.Kept kept : open) join(sql, kept, who);
    return Optional.of(who);
  }

  private void join(Sql sql, Letters.Kept kept, String person) {
    LetterRows.delete(sql, kept.company(), kept.id());
    boolean there =
        PersonRows.memberships(sql, person).stream()
            .anyMatch(member -> member.company().equals(kept.company()));
    if (there) return;
    PersonRows.join(sql, kept.company(), person, role(kept));
    Person joined =
        PersonRows.memberships(sql, person).stream()
            .filter(member -> member.company().equals(kept.company()))
            .findFirst()
            .orElseThrow()
            .person();
    audit.record(
        Access.caller(new PersonRows.Member(joined, kept.company())),
        "person.joined",
        person,
        null,
        joined.name() + " <" + joined.email() + ">, " + joined.role().words());
  }

  private static String newcomer(Sql sql, String name, String email, String hash) {
    var person = new Person(Ids.next("usr"), name, email, Role.VIEWER, null);
    PersonRows.insert(sql, person, hash);
    return person.id();
  }

  private static Letters.Kept existing(Sql sql, Caller caller, String id) {
    return LetterRows.find(sql, caller.company(), id)
        .filter(kept -> kept.kind() == Kind.INVITATION)
        .orElseThrow(() -> Problem.notFound("This invitation"));
  }

  private static Open open(Letters.Kept kept, @Nullable String message) {
    return new Open(
        kept.id(), kept.email(), role(kept), kept.madeBy(), kept.madeAt(), kept.endsAt(), message);
  }

  private static Role role(Letters.Kept kept) {
    Role role = kept.role();
    return role == null ? Role.VIEWER : role;
  }

  private static String checked(String email) {
    if (!NewPerson.isAddress(email))
      throw Problem.invalid("/email", "not_an_address", "This is not an email address.");
    return Access.normalized(email);
  }

  private static Problem signInFirst() {
    return Problem.conflict(
        "sign_in_first", "There is a sign-in with this address. Sign in, then accept.");
  }
}
