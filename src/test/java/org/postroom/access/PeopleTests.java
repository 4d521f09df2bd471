package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.postroom.testkit.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.testkit.TestDatabase;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** Who comes in, becomes something else, and leaves. */
@ParameterizedClass
@EnumSource
class PeopleTests {
  private static final String HERE = "https://post.acme.example";
  private static final String OLD = "correct horse battery";
  private static final String NEW = "staples beside the harbour";
  private static final NewPerson MARIA = NewPerson.of("Maria Lund", "maria@acme.example", OLD);

  @Parameter TestDatabase kind;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private final Company acme = Company.named(Ids.next("co"), "Acme");
  private final Company other = Company.named(Ids.next("co"), "Other");
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private final List<String> left = new ArrayList<>();
  private Database database;
  private Access access;
  private Audit audit;
  private People people;
  private Invitations invitations;
  private NewPasswords passwords;
  private Caller maria;

  @BeforeEach
  void open() {
    database = kind.open(now::get);
    audit = new Audit(database);
    access = new Access(database, audit, List.of());
    var beans = new DefaultListableBeanFactory();
    Letterbox box =
        letter -> {
          letters.add(letter);
          return Letter.Sent.as("msg_1");
        };
    beans.registerSingleton("letterbox", box);
    beans.registerSingleton("belongings", (Belongings) (by, person) -> left.add(person));
    var settings = new Settings(Map.of("POSTROOM_PUBLIC_URL", HERE));
    var made = new Letters(database, settings, beans.getBeanProvider(Letterbox.class));
    people = new People(database, audit, beans.getBeanProvider(Belongings.class));
    invitations = new Invitations(database, audit, made);
    passwords = new NewPasswords(database, audit, made, settings);
    access.createCompany(acme, MARIA);
    access.createCompany(other, new NewPerson("Olaf", "olaf@other.example", "{argon2}x"));
    maria = access.signIn("maria@acme.example", OLD, "10.0.0.1");
  }

  @AfterEach
  void close() {
    passwords.destroy();
    database.close();
  }

  @Test
  void whoeverIsInvitedChoosesAPasswordAndIsWhatTheyWereInvitedAs() {
    var made = invitations.invite(maria, " Peter@Acme.example", Role.SALES, "http://elsewhere");
    assertThat(made.link()).as("it is on its way by mail").isNull();
    assertThat(letters.getFirst().link()).startsWith(HERE + "/invitation/");
    var offer = invitations.offer(secret(0));
    assertThat(offer.company()).isEqualTo("Acme");
    assertThat(offer.known()).isFalse();
    String email = invitations.accept(secret(0), "Peter Berg", NEW);
    Caller peter = access.signIn(email, NEW, "10.0.0.2");
    assertThat(peter.company()).isEqualTo(acme.id());
    assertThat(peter.rights()).isEqualTo(Role.SALES.rights());
    assertThat(invitations.list(maria)).isEmpty();
    assertThatThrownBy(() -> invitations.accept(secret(0), "Peter Berg", NEW))
        .hasMessageContaining("does not work any more");
    assertThat(audit.list(maria, 10, null).data())
        .extracting(Audit.Entry::what)
        .startsWith("person.joined", "person.invited");
  }

  @Test
  void aLinkEndsWithItsTimeItsSuccessorAndItsWithdrawal() {
    var first = invitations.invite(maria, "peter@acme.example", Role.SALES, HERE);
    invitations.again(maria, first.open().id(), HERE);
    assertThat(status(() -> invitations.offer(secret(0)))).isEqualTo(404);
    assertThat(invitations.offer(secret(1)).role()).isEqualTo(Role.SALES);
    now.set(now.get().plus(Duration.ofDays(7)));
    assertThat(status(() -> invitations.offer(secret(1)))).isEqualTo(404);
    var third = invitations.invite(maria, "peter@acme.example", Role.SALES, HERE);
    invitations.withdraw(maria, third.open().id());
    assertThat(status(() -> invitations.offer(secret(2)))).isEqualTo(404);
    assertThat(status(() -> invitations.offer("../../etc/passwd"))).isEqualTo(404);
  }

  @Test
  void ofManyWhoUseALinkAtOnceOneSucceeds() throws Exception {
    invitations.invite(maria, "peter@acme.example", Role.SALES, HERE);
    List<Callable<Integer>> tries = new ArrayList<>();
    for (int i = 0; i < 4; i++)
      tries.add(() -> status(() -> invitations.accept(secret(0), "Peter Berg", NEW)));
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each : threads.invokeAll(tries)) statuses.add(each.get());
    }
    assertThat(statuses).containsOnlyOnce(0).filteredOn(each -> each == 404).hasSize(3);
    assertThat(access.people(acme.id())).hasSize(2);
  }

  @Test
  void somebodyOfAnotherCompanyJoinsAsThemselvesAndNobodyLearnsOfIt() {
    Caller olaf = access.caller(olafId(), null).orElseThrow();
    assertThat(
            invitations.invite(maria, "olaf@other.example", Role.ACCOUNTING, HERE).open().email())
        .isEqualTo("olaf@other.example");
    assertThat(status(() -> invitations.accept(secret(0), "Not Olaf", NEW))).isEqualTo(409);
    assertThat(status(() -> invitations.acceptAs(maria, secret(0))))
        .as("the link is for one address")
        .isEqualTo(403);
    assertThat(invitations.acceptAs(olaf, secret(0))).isEqualTo(acme.id());
    assertThat(people.workplaces(olaf))
        .extracting(People.Workplace::name)
        .containsExactly("Acme", "Other");
    Caller inAcme = access.caller(olaf.id(), acme.id()).orElseThrow();
    assertThat(inAcme.rights()).isEqualTo(Role.ACCOUNTING.rights());
    assertThat(access.caller(olaf.id(), other.id()).orElseThrow().rights())
        .containsExactlyInAnyOrder(Right.values());
    assertThat(access.people(acme.id())).extracting(Person::name).contains("Olaf");
  }

  @Test
  void aRoleCountsAtOnceAndThereIsAlwaysAnAdministrator() {
    String peter = joined("peter@acme.example", Role.SALES);
    assertThat(status(() -> people.become(maria, maria.id(), Role.VIEWER))).isEqualTo(409);
    people.become(maria, peter, Role.ADMINISTRATOR);
    people.become(maria, maria.id(), Role.VIEWER);
    Caller viewer = access.caller(maria.id(), acme.id()).orElseThrow();
    assertThat(viewer.rights()).isEqualTo(Role.VIEWER.rights());
    assertThat(status(() -> people.list(viewer))).isEqualTo(403);
    Caller admin = access.caller(peter, acme.id()).orElseThrow();
    assertThat(audit.list(admin, 1, null).data().getFirst())
        .satisfies(entry -> {
          assertThat(entry.what()).isEqualTo("person.role_changed");
          assertThat(entry.subject()).isEqualTo(maria.id());
          assertThat(entry.from()).isEqualTo("Administrator");
          assertThat(entry.to()).isEqualTo("Viewer");
        });
  }

  @Test
  void ofTwoAdministratorsWhoDemoteEachOtherAtOnceOneStays() throws Exception {
    String peter = joined("peter@acme.example", Role.ADMINISTRATOR);
    Caller other = access.caller(peter, acme.id()).orElseThrow();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each :
          threads.invokeAll(
              List.<Callable<Integer>>of(
                  () -> status(() -> people.become(maria, peter, Role.VIEWER)),
                  () -> status(() -> people.become(other, maria.id(), Role.VIEWER))))) each.get();
    }
    assertThat(access.people(acme.id()))
        .extracting(Person::role)
        .containsOnlyOnce(Role.ADMINISTRATOR);
  }

  @Test
  void nobodyGivesRightsTheyDoNotHave() {
    var key =
        new Caller(
            acme.id(),
            Caller.Kind.KEY,
            "key_1",
            "key",
            null,
            EnumSet.of(Right.MANAGE_PEOPLE),
            false);
    String peter = joined("peter@acme.example", Role.SALES);
    assertThat(status(() -> invitations.invite(key, "x@acme.example", Role.ADMINISTRATOR, HERE)))
        .isEqualTo(403);
    assertThat(status(() -> people.become(key, peter, Role.ADMINISTRATOR))).isEqualTo(403);
    assertThat(status(() -> people.remove(key, maria.id()))).isEqualTo(403);
  }

  @Test
  void whoeverIsTakenOutIsSignedOutAndKeepsTheirOtherCompanies() {
    Caller olaf = access.caller(olafId(), null).orElseThrow();
    invitations.invite(maria, "olaf@other.example", Role.SALES, HERE);
    invitations.acceptAs(olaf, secret(0));
    session(acme.id(), olaf.id(), "a");
    session(other.id(), olaf.id(), "b");
    assertThat(people.get(maria, olaf.id()).sessions()).isEqualTo(1);
    people.remove(maria, olaf.id());
    assertThat(left).containsExactly(olaf.id());
    assertThat(found(acme.id(), "a")).isFalse();
    assertThat(found(other.id(), "b")).isTrue();
    assertThat(access.caller(olaf.id(), acme.id())).isEmpty();
    assertThat(access.caller(olaf.id(), null).orElseThrow().company()).isEqualTo(other.id());
    assertThat(status(() -> people.get(maria, olaf.id()))).isEqualTo(404);
    assertThat(status(() -> people.remove(maria, maria.id()))).isEqualTo(409);
  }

  @Test
  void aForgottenPasswordIsReplacedOnceAndEndsAllSessions() {
    session(acme.id(), maria.id(), "a");
    passwords.ask("MARIA@acme.example", "10.0.0.9");
    eventually(() -> letters.size(), sent -> sent == 1);
    assertThat(letters.getFirst().to().spec()).isEqualTo("maria@acme.example");
    assertThat(letters.getFirst().company()).isEqualTo(acme.id());
    assertThat(passwords.set(secret(0), NEW)).isEqualTo("maria@acme.example");
    assertThat(found(acme.id(), "a")).isFalse();
    assertThat(access.signIn("maria@acme.example", NEW, "10.0.0.1").id()).isEqualTo(maria.id());
    assertThat(status(() -> access.signIn("maria@acme.example", OLD, "10.0.0.1"))).isEqualTo(401);
    assertThat(status(() -> passwords.set(secret(0), NEW))).isEqualTo(404);
    eventually(() -> letters.size(), sent -> sent == 2);
    assertThat(letters.getLast().kind()).isEqualTo(Letter.Kind.PASSWORD_CHANGED);
  }

  @Test
  void aStrangerLearnsNothingFromAskingAndFillsNobodysMailbox() {
    passwords.ask("nobody@acme.example", "10.0.0.9");
    for (int i = 0; i < 20; i++) passwords.ask("maria@acme.example", "10.0.1." + i);
    passwords.destroy(); // waits for what is under way
    assertThat(letters).hasSize(3).allMatch(letter -> letter.to().spec().startsWith("maria@"));
  }

  @Test
  void aLinkForANewPasswordLastsAnHour() {
    passwords.ask("maria@acme.example", "10.0.0.9");
    eventually(() -> letters.size(), sent -> sent == 1);
    now.set(now.get().plus(Duration.ofHours(1)));
    assertThat(status(() -> passwords.addressOf(secret(0)))).isEqualTo(404);
  }

  @Test
  void onlyHashesOfLinksAreKept() {
    invitations.invite(maria, "peter@acme.example", Role.SALES, HERE);
    String kept =
        database.read(sql -> sql.sql("SELECT hash FROM letters").query(String.class).single());
    assertThat(kept).isNotEqualTo(secret(0)).hasSize(64);
    assertThat(status(() -> invitations.offer(kept))).isEqualTo(404);
  }

  @Test
  void sessionsEndAfterTenHoursUnusedAndSevenDaysInAnyCase() {
    session(acme.id(), maria.id(), "idle");
    now.set(now.get().plus(Duration.ofHours(10)));
    assertThat(found(acme.id(), "idle")).isFalse();
    session(acme.id(), maria.id(), "busy");
    for (int hour = 9; hour < 168; hour += 9) {
      now.set(now.get().plus(Duration.ofHours(9)));
      assertThat(found(acme.id(), "busy")).as("after %s hours", hour).isTrue();
      use("busy");
    }
    now.set(now.get().plus(Duration.ofHours(9)));
    assertThat(found(acme.id(), "busy")).isFalse();
  }

  @Test
  void whomWrongPasswordsKeepOutAnAdministratorLetsIn() {
    String peter = joined("peter@acme.example", Role.SALES);
    for (int i = 0; i < 5; i++)
      status(() -> access.signIn("peter@acme.example", "wrong", "10.1.1.1"));
    assertThat(status(() -> access.signIn("peter@acme.example", NEW, "10.1.1.2"))).isEqualTo(429);
    assertThat(people.get(maria, peter).lockedUntil()).isAfter(now.get());
    people.unlock(maria, peter);
    assertThat(access.signIn("peter@acme.example", NEW, "10.1.1.2").id()).isEqualTo(peter);
  }

  private String joined(String email, Role role) {
    invitations.invite(maria, email, role, HERE);
    invitations.accept(secret(letters.size() - 1), "Peter Berg", NEW);
    return access.people(acme.id()).stream()
        .filter(person -> person.email().equals(email))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private String olafId() {
    return access.people(other.id()).getFirst().id();
  }

  private void session(String company, String person, String name) {
    database.run(sql ->
        SessionRows.insert(
            sql,
            new KeptSession(company, name, person, "token", null, sql.now()),
            new SessionRows.From("10.0.0.1", "Firefox", "password")));
  }

  private boolean found(String company, String name) {
    return database
        .read(sql ->
            SessionRows.find(
                sql, company, name, KeptSessions.oldest(sql.now()), KeptSessions.begun(sql.now())))
        .isPresent();
  }

  private void use(String name) {
    var session = new KeptSession(acme.id(), name, maria.id(), "token", null, now.get());
    database.run(sql -> SessionRows.seen(sql, session, now.get()));
  }

  private String secret(int letter) {
    return letters.get(letter).link().replaceFirst(".*/", "");
  }

  /** 0 where it went well. */
  private static int status(Runnable work) {
    Problem problem = catchThrowableOfType(Problem.class, work::run);
    return problem == null ? 0 : problem.status();
  }
}
