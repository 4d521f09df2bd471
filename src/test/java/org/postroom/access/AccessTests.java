package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class AccessTests {
  private static final String PASSWORD = "correct horse battery";
  // Hashing is slow on purpose; once is enough.
  private static final NewPerson MARIA = NewPerson.of("Maria Lund", "Maria@acme.example", PASSWORD);

  @Parameter TestDatabase kind;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private final Company acme = Company.named(Ids.next("co"), "Acme");
  private Database database;
  private Audit audit;
  private Access access;
  private ApiKeys keys;

  @BeforeEach
  void open() {
    database = kind.open(now::get);
    audit = new Audit(database);
    access = new Access(database, audit, List.of());
    keys = new ApiKeys(database, audit);
    access.createCompany(acme, MARIA);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void companiesComeBackAsTheyWereKept() {
    assertThat(access.company(acme.id())).isEqualTo(acme);
    assertThat(access.companies()).containsExactly(acme);
    assertThat(access.people(acme.id()))
        .singleElement()
        .satisfies(person -> assertThat(person.role()).isEqualTo(Role.ADMINISTRATOR));
  }

  @Test
  void whatCompaniesStartWithIsMadeInTheSameTransaction() {
    FirstCompany failing =
        (company, admin) -> {
          throw new IllegalStateException("no account for " + admin);
        };
    var strict = new Access(database, audit, List.of(failing));
    Company other = Company.named(Ids.next("co"), "Other");
    assertThatThrownBy(
            () -> strict.createCompany(other, new NewPerson("B", "b@other.example", "{argon2}x")))
        .hasMessage("no account for b@other.example");
    assertThat(access.companies()).containsExactly(acme);
  }

  @Test
  void theRightPasswordGivesTheRightsOfTheRole() {
    Caller maria = access.signIn(" MARIA@acme.example ", PASSWORD, "10.0.0.1");
    assertThat(maria.company()).isEqualTo(acme.id());
    assertThat(maria.rights()).containsExactlyInAnyOrder(Right.values());
  }

  @Test
  void wrongPasswordAndUnknownAddressAreToldAlike() {
    assertThat(refusal("maria@acme.example", "wrong").detail())
        .isEqualTo(refusal("nobody@acme.example", "wrong").detail());
  }

  @Test
  void guessingIsSlowedDownAndTheWaitEnds() {
    for (int i = 0; i < 5; i++)
      assertThat(refusal("maria@acme.example", "wrong").status()).isEqualTo(401);
    assertThat(refusal("maria@acme.example", PASSWORD).status()).isEqualTo(429);
    advance(Duration.ofSeconds(61));
    assertThat(refusal("maria@acme.example", "wrong").status()).isEqualTo(401);
    advance(Duration.ofSeconds(61));
    assertThat(refusal("maria@acme.example", PASSWORD).status()).isEqualTo(429); // now two minutes
    advance(Duration.ofSeconds(60));
    access.signIn("maria@acme.example", PASSWORD, "10.0.0.1");
    assertThat(refusal("maria@acme.example", "wrong").status()).isEqualTo(401);
  }

  @Test
  void manyGuessesAtOnceDoNotSlipThroughTogether() throws Exception {
    List<java.util.concurrent.Callable<Integer>> guesses = new java.util.ArrayList<>();
    for (int i = 0; i < 30; i++) guesses.add(() -> refusal("maria@acme.example", "wrong").status());
    List<Integer> statuses = new java.util.ArrayList<>();
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(guesses)) statuses.add(status.get());
    }
    assertThat(statuses).filteredOn(status -> status == 401).hasSize(5);
  }

  @Test
  void signingInRightDoesNotCountAgainstTheAddress() {
    for (int i = 0; i < 25; i++) access.signIn("maria@acme.example", PASSWORD, "10.0.0.1");
  }

  @Test
  void anAddressThatTriesManyAccountsWaitsToo() {
    for (int i = 0; i < 20; i++) refusal("user" + i + "@acme.example", "x".repeat(201));
    assertThat(refusal("maria@acme.example", PASSWORD).status()).isEqualTo(429);
    assertThat(access.signIn("maria@acme.example", PASSWORD, "10.0.0.2").name())
        .isEqualTo("Maria Lund");
  }

  @Test
  void aKeyIsKnownByItsTextAndKeptOnlyAsAHash() {
    ApiKey.Made made = keys.create(admin(), wish(List.of("messages:send"), List.of()));
    assertThat(made.text()).startsWith("pr_test_").hasSize(8 + 43);
    Caller caller = keys.caller(made.text(), "192.0.2.1").orElseThrow();
    assertThat(caller.test()).isTrue();
    assertThat(caller.rights()).containsExactlyInAnyOrder(Right.SEND, Right.SEND_FROM_OTHERS);
    assertThat(keys.caller(made.text() + "x", "192.0.2.1")).isEmpty();
    List<String> everything =
        database.read(sql -> sql.sql("SELECT hash FROM api_keys").query(String.class).list());
    assertThat(everything).hasSize(1).noneMatch(hash -> hash.contains(made.text()));
  }

  @Test
  void aKeyIsTakenOnlyFromItsNetworks() {
    ApiKey.Made made =
        keys.create(
            admin(), wish(List.of("messages:send"), List.of("10.1.0.0/16", "2001:db8::/32")));
    assertThat(keys.caller(made.text(), "10.1.200.3")).isPresent();
    assertThat(keys.caller(made.text(), "2001:db8:1::1")).isPresent();
    assertThat(keys.caller(made.text(), "10.2.0.1")).isEmpty();
    assertThat(keys.caller(made.text(), "2001:db9::1")).isEmpty();
  }

  @Test
  void aWithdrawnKeyIsUnknownAtOnce() {
    ApiKey.Made made = keys.create(admin(), wish(List.of("messages:send"), List.of()));
    keys.revoke(admin(), made.key().id());
    assertThat(keys.caller(made.text(), "10.0.0.1")).isEmpty();
    assertThatThrownBy(() -> keys.revoke(admin(), made.key().id())).isInstanceOf(Problem.class);
  }

  @Test
  void nobodyMakesAKeyThatMayMoreThanThemselves() {
    var narrow =
        new Caller(
            acme.id(),
            Caller.Kind.KEY,
            "key_1",
            "key ERP",
            null,
            java.util.Set.of(Right.MANAGE_KEYS, Right.SEND, Right.SEND_FROM_OTHERS),
            false);
    keys.create(narrow, wish(List.of("messages:send"), List.of()));
    assertThat(
            catchThrowableOfType(
                    Problem.class,
                    () -> keys.create(narrow, wish(List.of("accounts:manage"), List.of())))
                .status())
        .isEqualTo(403);
  }

  @Test
  void companiesDoNotSeeEachOthersKeysAndAudit() {
    keys.create(admin(), wish(List.of("messages:send"), List.of()));
    Company other = Company.named(Ids.next("co"), "Other");
    access.createCompany(other, new NewPerson("B", "b@other.example", "{argon2}x"));
    Caller stranger = Caller.postroom(other.id());
    assertThat(keys.list(stranger, 50, null).data()).isEmpty();
    assertThat(audit.list(stranger, 50, null).data())
        .extracting(Audit.Entry::what)
        .containsExactly("company.created");
  }

  @Test
  void changesAreInTheAuditTrailNewestFirstWithCursors() {
    for (int i = 0; i < 3; i++) audit.record(admin(), "thing.changed", "t" + i, "a", "b");
    var first = audit.list(admin(), 2, null);
    assertThat(first.data()).extracting(Audit.Entry::subject).containsExactly("t2", "t1");
    var second = audit.list(admin(), 2, first.nextCursor());
    assertThat(second.data())
        .extracting(Audit.Entry::what)
        .containsExactly("thing.changed", "company.created");
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void aCompanyIsCheckedBeforeItIsKept() {
    Company wrong =
        new Company(
            acme.id(),
            " ",
            List.of(),
            "XX",
            "XYZ",
            java.util.Locale.ROOT,
            acme.timeZone(),
            "nope",
            null,
            null,
            null,
            null,
            null,
            "DE89370400440532013001",
            "short",
            "#ffff00",
            new byte[] {1, 2},
            Company.Paper.A4);
    Problem problem =
        catchThrowableOfType(Problem.class, () -> access.updateCompany(admin(), wrong));
    assertThat(problem.errors())
        .extracting(Problem.FieldError::pointer)
        .contains("/name", "/country", "/language", "/email", "/iban", "/bic", "/colour", "/logo");
    assertThat(access.company(acme.id())).isEqualTo(acme);
  }

  private Problem refusal(String email, String password) {
    return catchThrowableOfType(Problem.class, () -> access.signIn(email, password, "10.0.0.1"));
  }

  private Caller admin() {
    return Caller.postroom(acme.id());
  }

  private static ApiKeys.Wish wish(List<String> scopes, List<String> networks) {
    return new ApiKeys.Wish("ERP", true, scopes, networks);
  }

  private void advance(Duration by) {
    now.updateAndGet(before -> before.plus(by));
  }
}
