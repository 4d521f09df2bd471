package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account.Health.State;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.Colleague;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;

/** Which account sends, in every combination of places that may say so, and who stands in. */
@ParameterizedClass
@EnumSource
class ChoiceTests {
  private static final Caller ADMIN = Doors.caller("co_1", Right.MANAGE_ACCOUNTS);
  private static final List<String> ORDER =
      List.of("explicit", "partner", "kind", "person", "default");

  @Parameter TestDatabase kind;
  private final Instant now = Instant.parse("2026-11-21T09:00:00Z");
  private Database database;
  private Accounts accounts;
  private Routes routes;

  @BeforeEach
  void open() {
    database = kind.open(() -> now);
    Colleague.of(database, "co_1", "usr_1");
    routes = new Routes(database, new AccountTrail(new Audit(database)), List.of());
    var settings =
        new Settings(
            Map.of("POSTROOM_SECRET_KEY", Base64.getEncoder().encodeToString(new byte[32])));
    var secrets = new Secrets(settings);
    accounts =
        new SignInWorld(
                database,
                settings,
                secrets,
                new AccountHealth(database, new ArrayList<>()::add, () -> now),
                new Web(Trust.ofSystem()))
            .accounts(List.of(routes));
  }

  @AfterEach
  void close() {
    database.close();
  }

  static List<Integer> everyCombination() {
    return IntStream.range(0, 16).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("everyCombination")
  void theFirstPlaceThatSaysAnythingCounts(int said) {
    Account fromDefault = make("default", Account.COMPANY, null);
    Account explicit = make("explicit", Account.COMPANY, null);
    Account partner = make("partner", Account.COMPANY, null);
    Account kindOf = make("kind", Account.COMPANY, null);
    make("person", "usr_1", null);
    assertThat(fromDefault.isDefault()).isTrue();
    boolean[] says = new boolean[4];
    for (int place = 0; place < 4; place++) says[place] = (said >> place & 1) == 1;
    if (says[2]) routes.replace(ADMIN, List.of(new Route("invoice", kindOf.id(), null, null)));
    Chosen chosen =
        accounts.choose(
            "co_1",
            says[0] ? explicit.id() : null,
            says[1] ? partner.id() : null,
            "invoice",
            says[3] ? "usr_1" : "usr_2");
    int first = IntStream.range(0, 4).filter(place -> says[place]).findFirst().orElse(4);
    assertThat(chosen.account().name()).isEqualTo(ORDER.get(first));
    assertThat(chosen.insteadOf()).isNull();
    assertThat(chosen.reason())
        .isEqualTo(
            List.of(
                    "Chosen in the request",
                    "Send-from account of the partner",
                    "Account of the document kind invoice",
                    "Own account of the person who sends",
                    "Default account of the company")
                .get(first));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void aFallbackSendsOnlyWhereSomebodyIsNeededOrTheAccountIsOff(State state) {
    make("default", Account.COMPANY, null);
    Account spare = make("spare", Account.COMPANY, null);
    Account sales = make("sales", Account.COMPANY, spare.id());
    become(sales, state);
    Chosen chosen = accounts.choose("co_1", sales.id(), null, null, null);
    boolean helps = state.needsSomebody() || state == State.SWITCHED_OFF;
    assertThat(chosen.account().id()).isEqualTo(helps ? spare.id() : sales.id());
    assertThat(chosen.wanted().id()).isEqualTo(sales.id());
    if (helps)
      assertThat(chosen.reason())
          .startsWith("Chosen in the request, “sales”, ")
          .endsWith("“spare” is named as its fallback");
  }

  @Test
  void nobodyStandsInWhereNobodyWasNamed() {
    make("default", Account.COMPANY, null);
    Account sales = make("sales", Account.COMPANY, null);
    become(sales, State.NEEDS_SIGN_IN);
    assertThat(accounts.choose("co_1", sales.id(), null, null, null).account().id())
        .isEqualTo(sales.id());
  }

  @Test
  void aFallbackThatCannotSendEitherIsNoneAndThereAreNoChains() {
    make("default", Account.COMPANY, null);
    Account third = make("third", Account.COMPANY, null);
    Account second = make("second", Account.COMPANY, third.id());
    Account first = make("first", Account.COMPANY, second.id());
    become(first, State.NEEDS_ADMINISTRATOR);
    become(second, State.NEEDS_ADMINISTRATOR);
    Chosen chosen = accounts.choose("co_1", first.id(), null, null, null);
    assertThat(chosen.account().id()).isEqualTo(first.id());
    assertThat(chosen.insteadOf()).isNull();
  }

  @Test
  void theDefaultMayHaveAFallbackToo() {
    Account main = make("main", Account.COMPANY, null);
    Account spare = make("spare", Account.COMPANY, null);
    accounts.update(
        ADMIN, main.id(), null, old -> draft("main", Account.COMPANY, true, spare.id()));
    become(main, State.NEEDS_SIGN_IN);
    assertThat(accounts.choose("co_1", null, null, null, null).account().id())
        .isEqualTo(spare.id());
  }

  @Test
  void whatCannotStandInIsRefused() {
    Account main = make("main", Account.COMPANY, null);
    Account own = make("own", "usr_1", null);
    assertRefused(() -> make("x", Account.COMPANY, "acc_unknown"), "There is no account");
    assertRefused(() -> make("x", Account.COMPANY, own.id()), "person's own account");
    assertRefused(
        () ->
            accounts.update(
                ADMIN, main.id(), null, old -> draft("main", Account.COMPANY, true, main.id())),
        "its own fallback");
  }

  @Test
  void anAccountThatStandsInIsNotDeleted() {
    make("main", Account.COMPANY, null);
    Account spare = make("spare", Account.COMPANY, null);
    make("sales", Account.COMPANY, spare.id());
    assertThatThrownBy(() -> accounts.delete(ADMIN, spare.id(), null))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("“sales”, as its fallback");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String words) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.errorAt("/fallback")).contains(words));
  }

  private void become(Account account, State state) {
    switch (state) {
      case WORKING -> {}
      case NEEDS_SIGN_IN, NEEDS_ADMINISTRATOR ->
          accounts.needsAttention("co_1", account.id(), state, "Why.");
      case PAUSED -> accounts.pauseUntil("co_1", account.id(), now.plusSeconds(60), "Why.");
      case SWITCHED_OFF ->
          accounts.update(
              ADMIN,
              account.id(),
              null,
              old ->
                  new AccountDraft(
                      old.kind(),
                      old.name(),
                      old.email(),
                      null,
                      null,
                      old.owner(),
                      false,
                      false,
                      old.connection(),
                      null,
                      old.limits(),
                      old.fallback()));
    }
  }

  private Account make(String name, String owner, String fallback) {
    return accounts.create(ADMIN, draft(name, owner, false, fallback));
  }

  private static AccountDraft draft(String name, String owner, boolean isDefault, String fallback) {
    return new AccountDraft(
        Account.Kind.LOCAL,
        name,
        Address.of(name + "@acme.example"),
        null,
        null,
        owner,
        isDefault,
        true,
        new Connection.Local(),
        null,
        Account.Limits.of(Account.Kind.LOCAL),
        fallback);
  }
}
