package org.postroom.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Who works in a company and as what. A person's name, address and password are their own: whoever
 * manages a company decides only what they are in it, as they may be in others too.
 */
@Service
public class People {
  private final Database database;
  private final Audit audit;
  private final ObjectProvider<Belongings> belongings;

  People(Database database, Audit audit, ObjectProvider<Belongings> belongings) {
    this.database = database;
    this.audit = audit;
    this.belongings = belongings;
  }

  /**
   * Somebody of the company.
   *
   * @param sessions how often signed in to it at this moment
   * @param lockedUntil how long wrong passwords keep them out, null where they do not
   */
  public record Member(Person person, int sessions, @Nullable Instant lockedUntil) {}

  /** A company somebody is in, and as what. */
  public record Workplace(String id, String name, Role role) {}

  /** The company's people, by name. */
  public List<Member> list(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    return database.read(sql ->
        PersonRows.members(sql, caller.company()).stream()
            .map(member -> member(sql, member))
            .toList());
  }

  /** One of them; of others nobody learns whether they exist. */
  public Member get(Caller caller, String person) {
    caller.require(Right.MANAGE_PEOPLE);
    return database.read(sql -> member(sql, existing(sql, caller, person)));
  }

  /**
   * Makes somebody something else, at once: the next thing they do counts with the new rights.
   *
   * @throws Problem 403 where that gives or takes rights the caller does not have, 409 for the last
   *     administrator
   */
  public void become(Caller caller, String person, Role role) {
    caller.require(Right.MANAGE_PEOPLE);
    database.run(sql -> {
      PersonRows.hold(sql, caller.company());
      Person before = existing(sql, caller, person).person();
      if (before.role() == role) return;
      requireRights(caller, before.role());
      requireRights(caller, role);
      if (before.role() == Role.ADMINISTRATOR) requireAnother(sql, caller.company(), person);
      PersonRows.role(sql, caller.company(), person, role);
      audit.record(caller, "person.role_changed", person, before.role().words(), role.words());
    });
  }

  /**
   * Takes somebody out of the company: signed out of it everywhere, and what was theirs in it goes.
   * What they sent stays. In other companies nothing changes.
   *
   * @throws Problem 409 for oneself and for the last administrator
   */
  public void remove(Caller caller, String person) {
    caller.require(Right.MANAGE_PEOPLE);
    if (person.equals(caller.id()))
      throw Problem.conflict("yourself", "Somebody else must take you out.");
    database.run(sql -> {
      PersonRows.hold(sql, caller.company());
      Person before = existing(sql, caller, person).person();
      requireRights(caller, before.role());
      if (before.role() == Role.ADMINISTRATOR) requireAnother(sql, caller.company(), person);
      belongings.orderedStream().forEach(all -> all.left(caller, person));
      SessionRows.deleteOf(sql, caller.company(), person);
      PersonRows.leave(sql, caller.company(), person);
      audit.record(
          caller,
          "person.removed",
          person,
          before.name() + " <" + before.email() + ">, " + before.role().words(),
          null);
    });
  }

  /** Lets somebody try again at once whom wrong passwords keep out. */
  public void unlock(Caller caller, String person) {
    caller.require(Right.MANAGE_PEOPLE);
    database.run(sql -> {
      Person locked = existing(sql, caller, person).person();
      SignInLimits.unlock(sql, locked.email());
      audit.record(caller, "person.unlocked", person, null, null);
    });
  }

  /** Companies the person may switch between, by name; one's own among them. */
  public List<Workplace> workplaces(Caller caller) {
    if (caller.kind() != Caller.Kind.PERSON) return List.of();
    return database.read(sql -> CompanyRows.of(sql, caller.id()));
  }

  /** Nobody gives or takes a right that they do not have. */
  static void requireRights(Caller caller, Role role) {
    List<String> missing = new ArrayList<>();
    for (Right right : role.rights()) if (!caller.may(right)) missing.add(Role.words(right));
    if (missing.isEmpty()) return;
    throw Problem.forbidden(
        "The role "
            + role.words()
            + " includes rights that "
            + caller.name()
            + " does not have: "
            + String.join("; ", missing)
            + ".");
  }

  private static void requireAnother(Sql sql, String company, String person) {
    boolean another =
        PersonRows.members(sql, company).stream()
            .map(PersonRows.Member::person)
            .anyMatch(each -> each.role() == Role.ADMINISTRATOR && !each.id().equals(person));
    if (!another)
      throw Problem.conflict(
          "last_administrator", "This is the only administrator. Make somebody else one first.");
  }

  static PersonRows.Member existing(Sql sql, Caller caller, String person) {
    return PersonRows.memberships(sql, person).stream()
        .filter(member -> member.company().equals(caller.company()))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("This person"));
  }

  private static Member member(Sql sql, PersonRows.Member member) {
    Person person = member.person();
    return new Member(
        person,
        SessionRows.count(sql, member.company(), person.id(), KeptSessions.oldest(sql.now())),
        SignInLimits.lockedUntil(sql, person.email()).orElse(null));
  }
}
