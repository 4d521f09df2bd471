package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account.Health.State;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.Colleague;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Login;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource
class AccountsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller ADMIN = Doors.caller("co_1", Right.MANAGE_ACCOUNTS);
  private static final Caller AUDITOR = Doors.caller("co_1", Right.MANAGE_PEOPLE);
  private static final String SMTP =
      """
      {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example",
       "display_name": "Acme Invoices", "reply_to": null, "default": false, "active": true,
       "owner": "company",
       "smtp": {"host": "smtp.acme.example", "port": 587, "security": "starttls", "auth": true,
                "username": "invoices@acme.example", "password": " s p a c e s "}}\
      """;

  @Parameter TestDatabase kind;
  private Instant now = Instant.parse("2026-11-21T09:00:00Z");
  private final List<Object> events = new ArrayList<>();
  private final List<AccountUse> uses = new ArrayList<>();
  private Database database;
  private Accounts accounts;
  private Routes routes;

  @BeforeEach
  void open() {
    database = kind.open(() -> now);
    Colleague.of(database, "co_1", "usr_1");
    routes = new Routes(database, new AccountTrail(new Audit(database)), List.of());
    uses.add(routes);
    accounts = accounts(1);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsAnAccountAndGivesItsLoginAsTyped() {
    Account made = accounts.create(ADMIN, read(SMTP));
    Account found = accounts.find("co_1", made.id()).orElseThrow();
    assertThat(found).isEqualTo(made);
    assertThat(found.id()).startsWith("acc_");
    assertThat(found.sender().display()).isEqualTo("Acme Invoices <invoices@acme.example>");
    assertThat(found.limits()).isEqualTo(new Account.Limits(2, 0, 0, 100, 0));
    assertThat(found.hasSecret()).isTrue();
    assertThat(accounts.login(found))
        .isEqualTo(
            new Login.Smtp(
                "smtp.acme.example",
                587,
                Login.Security.STARTTLS,
                new Login.Credentials.Password("invoices@acme.example", " s p a c e s ")));
  }

  @Test
  void anAccountOfEarlierDaysCountsWhatItsProviderCounts() {
    String body =
        """
        {"kind": "microsoft", "name": "M", "email": "m@acme.example", "limits": {"per_day": %d}}\
        """;
    Account usual = accounts.create(ADMIN, read(body.formatted(10_000)));
    Account own = accounts.create(ADMIN, read(body.formatted(900)));
    database.run(sql ->
        sql.sql(
                "UPDATE accounts SET settings = replace(replace(settings, '\"perDayCounts\":\"recipients\"',"
                    + " '\"x\":0'), '\"ofRecipients\":true', '\"y\":0')")
            .update());
    assertThat(accounts.find("co_1", usual.id()).orElseThrow().limits().ofRecipients()).isTrue();
    assertThat(accounts.find("co_1", own.id()).orElseThrow().limits().ofRecipients()).isFalse();
  }

  @Test
  void thePasswordIsInNoColumnAndNoReply() {
    Account made = accounts.create(ADMIN, read(SMTP));
    List<Map<String, Object>> rows =
        database.read(sql -> sql.sql("SELECT * FROM accounts").query().listOfRows());
    assertThat(rows).hasSize(1);
    assertThat(rows.toString()).doesNotContain("s p a c e s").contains("v1:");
    JsonNode reply = JSON.valueToTree(AccountJson.write(made));
    assertThat(reply.toString()).doesNotContain("s p a c e s");
    assertThat(reply.at("/smtp/password").isNull()).isTrue();
    assertThat(reply.at("/has_secret").booleanValue()).isTrue();
    assertThat(made.toString() + read(SMTP)).doesNotContain("s p a c e s");
  }

  @Test
  void aSecretCopiedToAnotherAccountOpensNothing() {
    Account one = accounts.create(ADMIN, read(SMTP));
    Account two = accounts.create(ADMIN, read(SMTP.replace("smtp.acme", "evil")));
    database.run(sql ->
        sql.sql(
                "UPDATE accounts SET secret = (SELECT secret FROM accounts WHERE id = :one)"
                    + " WHERE id = :two")
            .param("one", one.id())
            .param("two", two.id())
            .update());
    assertThatThrownBy(() -> accounts.login(two))
        .isInstanceOf(AccountUnusable.class)
        .hasMessageContaining("comes from another row");
    assertThatThrownBy(() -> accounts(2).login(one))
        .isInstanceOf(AccountUnusable.class)
        .hasMessageContaining("sealed with key");
  }

  @Test
  void thereIsExactlyOneDefault() {
    Account first = accounts.create(ADMIN, read(SMTP));
    assertThat(first.isDefault()).as("the first becomes it").isTrue();
    Account second = accounts.create(ADMIN, read(SMTP));
    assertThat(second.isDefault()).isFalse();
    patch(second, "{\"default\": true}");
    assertThat(accounts.defaultOf("co_1").id()).isEqualTo(second.id());
    assertThat(accounts.find("co_1", first.id()).orElseThrow().isDefault()).isFalse();
    Account third =
        accounts.create(ADMIN, read(SMTP.replace("\"default\": false", "\"default\": true")));
    assertThat(accounts.defaultOf("co_1")).isEqualTo(third);
    assertThat(accounts.list("co_1", true)).filteredOn(Account::isDefault).hasSize(1);
  }

  @Test
  void theDefaultStaysUntilAnotherIsNamed() {
    Account only = accounts.create(ADMIN, read(SMTP));
    for (String patch :
        List.of("{\"default\": false}", "{\"active\": false}", "{\"owner\": \"usr_1\"}")) {
      assertProblem(() -> patch(only, patch), 409, "“Invoices” is the default account.");
    }
    assertProblem(
        () -> accounts.delete(ADMIN, only.id(), null), 409, "Make another one the default");
    Account other =
        accounts.create(ADMIN, read(SMTP.replace("\"default\": false", "\"default\": true")));
    accounts.delete(ADMIN, only.id(), null);
    assertThat(accounts.list("co_1", true)).containsExactly(other);
  }

  @Test
  void manyDefaultsAtOnceLeaveOne() throws Exception {
    List<Account> made = new ArrayList<>();
    for (int i = 0; i < 6; i++) made.add(accounts.create(ADMIN, read(SMTP)));
    List<Callable<Account>> changes = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Account account = made.get(i % 6);
      changes.add(() -> patch(account, "{\"default\": true}"));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var change : threads.invokeAll(changes)) change.get();
    }
    assertThat(accounts.list("co_1", true)).filteredOn(Account::isDefault).hasSize(1);
  }

  @Test
  void switchingOffForgetsThePasswordAndComingBackAsksForIt() {
    accounts.create(ADMIN, read(SMTP));
    Account account = accounts.create(ADMIN, read(SMTP));
    Account off = patch(account, "{\"active\": false}");
    assertThat(off.hasSecret()).isFalse();
    assertThat(off.health().state()).isEqualTo(State.SWITCHED_OFF);
    assertThat(secretOf(off)).isEmpty();
    assertThat(events)
        .containsExactly(new AccountPaused("co_1", off.id(), "The account was switched off."));
    assertThatThrownBy(() -> accounts.login(off))
        .isInstanceOf(AccountUnusable.class)
        .hasMessage("The account “Invoices” is switched off.");
    assertThat(accounts.list("co_1", false)).doesNotContain(off);
    assertThat(accounts.list("co_1", true)).contains(off);
    Problem problem = catchThrowableOfType(Problem.class, () -> patch(off, "{\"active\": true}"));
    assertThat(problem.errorAt("/smtp/password")).isEqualTo("Enter the password.");
    Account on = patch(off, "{\"active\": true, \"smtp\": {\"password\": \"new\"}}");
    assertThat(on.health().state()).isEqualTo(State.WORKING);
    assertThat(events).last().isEqualTo(new AccountRecovered("co_1", on.id()));
    assertThat(password(on)).isEqualTo("new");
  }

  @Test
  void anOldPasswordNeverGoesToAnotherServer() {
    Account account = accounts.create(ADMIN, read(SMTP));
    for (String smtp :
        List.of("{\"host\": \"evil.example\"}", "{\"security\": \"none\", \"port\": 25}")) {
      Problem problem =
          catchThrowableOfType(Problem.class, () -> patch(account, "{\"smtp\": " + smtp + "}"));
      assertThat(problem.errorAt("/smtp/password")).startsWith("Enter the password again");
    }
    patch(account, "{\"smtp\": {\"auth\": false, \"host\": \"evil.example\"}}");
    assertThat(secretOf(account)).isEmpty();
    assertThatThrownBy(() -> patch(account, "{\"smtp\": {\"auth\": true}}"))
        .isInstanceOf(Problem.class);
    Account moved =
        patch(account, "{\"smtp\": {\"auth\": true, \"password\": \"for evil.example\"}}");
    assertThat(password(moved)).isEqualTo("for evil.example");
  }

  @Test
  void aPatchChangesWhatItNamesAndKeepsThePassword() {
    Account account = accounts.create(ADMIN, read(SMTP));
    Account changed =
        patch(
            account,
            """
            {"name": "Bills", "display_name": null, "smtp": {"port": 2525},
             "limits": {"per_minute": 30}, "reply_to": "Maria <maria@acme.example>"}\
            """);
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.name()).isEqualTo("Bills");
    assertThat(changed.displayName()).isNull();
    assertThat(changed.replyTo()).isEqualTo(Address.parse("Maria <maria@acme.example>"));
    assertThat(changed.smtp().port()).isEqualTo(2525);
    assertThat(changed.limits()).isEqualTo(new Account.Limits(2, 30, 0, 100, 0));
    assertThat(accounts.find("co_1", account.id())).contains(changed);
    assertThat(password(changed)).isEqualTo(" s p a c e s ");
    assertProblem(() -> patch(account, "{\"kind\": \"local\"}"), 422, "An account keeps its kind.");
    assertProblem(
        () -> patch(account, "{\"health\": {\"state\": \"working\"}}"), 422, "no field “health”");
  }

  @Test
  void aChangeOfWhatSomebodyElseChangedIsRefused() {
    Account account = accounts.create(ADMIN, read(SMTP));
    patch(account, "{\"name\": \"Mine\"}");
    assertProblem(
        () -> accounts.update(ADMIN, account.id(), 1L, old -> merge(old, "{\"name\": \"x\"}")),
        412,
        "Somebody changed this account meanwhile.");
    assertProblem(() -> accounts.delete(ADMIN, account.id(), 1L), 412, "Somebody changed");
    Account again =
        accounts.update(ADMIN, account.id(), 2L, old -> merge(old, "{\"name\": \"Ours\"}"));
    assertThat(again.name()).isEqualTo("Ours");
  }

  @Test
  void whatIsNamedElsewhereCannotBeDeleted() {
    accounts.create(ADMIN, read(SMTP));
    Account account = accounts.create(ADMIN, read(SMTP));
    routes.replace(ADMIN, List.of(new Route("credit_memo", account.id(), null, null)));
    assertProblem(
        () -> accounts.delete(ADMIN, account.id(), null),
        409,
        "used by the document kind credit memo");
    routes.replace(ADMIN, List.of());
    uses.add((company, id) ->
        id.equals(account.id()) ? Optional.of("the partner Contoso") : Optional.empty());
    assertProblem(
        () -> accounts.delete(ADMIN, account.id(), null), 409, "used by the partner Contoso");
    uses.removeLast();
    accounts.delete(ADMIN, account.id(), null);
    assertProblem(() -> accounts.delete(ADMIN, account.id(), null), 404, "does not exist");
  }

  @Test
  void theClosestChoiceWinsAndSaysWhy() {
    Account standard = accounts.create(ADMIN, read(SMTP));
    Account explicit = accounts.create(ADMIN, read(SMTP));
    Account partner = accounts.create(ADMIN, read(SMTP));
    Account route = accounts.create(ADMIN, read(SMTP));
    Account own = accounts.create(ADMIN, read(SMTP.replace("\"company\"", "\"usr_1\"")));
    routes.replace(
        ADMIN,
        List.of(
            new Route("invoice", route.id(), "tpl_1", null),
            new Route("quote", null, "tpl", null)));
    assertChosen(
        explicit, "Chosen in the request", explicit.id(), partner.id(), "invoice", "usr_1");
    assertChosen(
        partner, "Send-from account of the partner", null, partner.id(), "invoice", "usr_1");
    assertChosen(route, "Account of the document kind invoice", null, null, "invoice", "usr_1");
    assertChosen(own, "Own account of the person who sends", null, null, "quote", "usr_1");
    assertChosen(standard, "Default account of the company", null, null, "quote", "usr_2");
    assertChosen(standard, "Default account of the company", null, null, null, null);
    patch(partner, "{\"active\": false}");
    patch(own, "{\"active\": false}");
    assertThat(accounts.choose("co_1", null, partner.id(), null, null).account().active())
        .as("off, and still the one: the message waits")
        .isFalse();
    assertChosen(standard, "Default account of the company", null, null, null, "usr_1");
    assertProblem(() -> accounts.choose("co_1", "acc_none", null, null, null), 422, "acc_none");
    assertProblem(
        () -> accounts.choose("co_1", null, "acc_none", null, null), 409, "the partner sends from");
    assertProblem(
        () -> accounts.choose("co_2", explicit.id(), null, null, null), 422, "There is no account");
    assertProblem(
        () -> accounts.choose("co_2", null, null, null, null), 409, "no account to send from");
    assertThat(accounts.maySendFrom(ADMIN, own)).isFalse();
    assertThat(accounts.maySendFrom(Doors.caller("co_1", Right.SEND_FROM_OTHERS), own)).isTrue();
  }

  @Test
  void aFailureOfTheAccountIsToldOnceAndItsRepairToo() {
    Account account = accounts.create(ADMIN, read(SMTP));
    String id = account.id();
    accounts.pauseUntil("co_1", id, now.plusSeconds(300), "Too many mails.");
    accounts.pauseUntil("co_1", id, now.plusSeconds(600), "Still too many mails.");
    Account paused = accounts.find("co_1", id).orElseThrow();
    assertThat(paused.health())
        .isEqualTo(
            new Account.Health(
                State.PAUSED, now, "Still too many mails.", now.plusSeconds(600), null, now));
    assertThat(paused.version()).as("health is no change of the settings").isEqualTo(1);
    accounts.needsAttention("co_1", id, State.NEEDS_SIGN_IN, "The password was refused.");
    accounts.pauseUntil("co_1", id, now.plusSeconds(60), "Busy.");
    assertThat(accounts.unhealthy("co_1"))
        .singleElement()
        .extracting(each -> each.health().state())
        .isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(events).containsExactly(new AccountPaused("co_1", id, "Too many mails."));
    accounts.repaired("co_1", id);
    accounts.repaired("co_1", id);
    assertThat(accounts.unhealthy("co_1")).isEmpty();
    assertThat(events)
        .containsExactly(
            new AccountPaused("co_1", id, "Too many mails."), new AccountRecovered("co_1", id));
    Account.Health health = accounts.find("co_1", id).orElseThrow().health();
    assertThat(health).isEqualTo(new Account.Health(State.WORKING, now, null, null, now, now));
  }

  @Test
  void aNewPasswordLetsTheAccountTryAgain() {
    Account account = accounts.create(ADMIN, read(SMTP));
    accounts.needsAttention("co_1", account.id(), State.NEEDS_SIGN_IN, "The password was refused.");
    assertThat(patch(account, "{\"name\": \"Other\"}").health().state())
        .isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(patch(account, "{\"smtp\": {\"password\": \"right\"}}").health().state())
        .isEqualTo(State.WORKING);
    assertThat(events).last().isEqualTo(new AccountRecovered("co_1", account.id()));
  }

  @Test
  void eventsComeOnlyWhenTheStateIsOnDisk() {
    Account account = accounts.create(ADMIN, read(SMTP));
    assertThatThrownBy(() ->
            database.run(sql -> {
              accounts.needsAttention("co_1", account.id(), State.NEEDS_SIGN_IN, "x");
              throw new IllegalStateException("undone");
            }))
        .hasMessage("undone");
    assertThat(events).isEmpty();
    assertThat(accounts.unhealthy("co_1")).isEmpty();
  }

  @Test
  void aSuccessIsWrittenAtMostOnceAMinute() {
    Account account = accounts.create(ADMIN, read(SMTP));
    Instant first = now;
    accounts.working("co_1", account.id());
    assertThat(lastSuccess(account)).isEqualTo(first);
    now = first.plusSeconds(59);
    accounts.working("co_1", account.id());
    assertThat(lastSuccess(account)).isEqualTo(first);
    now = first.plus(Duration.ofMinutes(1));
    accounts.working("co_1", account.id());
    assertThat(lastSuccess(account)).isEqualTo(now);
  }

  @Test
  void aNewInstallationStartsWithALocalMailbox() {
    Account local = accounts.createLocal("co_1", Address.of("office@acme.example"));
    assertThat(local.name()).isEqualTo("Local mailbox");
    assertThat(local.isDefault()).isTrue();
    assertThat(accounts.login(local)).isEqualTo(new Login.Local("co_1", local.id()));
    assertThat(accounts.createLocal("co_1", Address.of("b@acme.example"))).isEqualTo(local);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                read(
                    """
                    {"kind": "smtp", "email": "nobody", "dispay_name": "x", "default": "yes",
                     "smtp": {"host": "smtp://acme.example", "port": 70000, "security": "ssl"},
                     "limits": {"connections": 0}}\
                    """));
    assertThat(problem.errors())
        .extracting(error -> error.pointer() + " " + error.code())
        .containsExactlyInAnyOrder(
            "/name required",
            "/email invalid",
            "/dispay_name unknown_field",
            "/default wrong_type",
            "/smtp/host invalid",
            "/smtp/port out_of_range",
            "/smtp/security unknown_value",
            "/smtp/username required",
            "/limits/connections out_of_range");
    for (String host : List.of("smtp.acme.example:587", "a b", "-x", "[::1]", "smtp..example", ""))
      assertWrong(SMTP.replace("smtp.acme.example", host), "/smtp/host");
    for (String host : List.of("localhost", "127.0.0.1", "::1", "mail_1.intern", "bücher.example"))
      assertThat(read(SMTP.replace("smtp.acme.example", host)).smtp().host()).isEqualTo(host);
    assertWrong("{\"kind\": \"smtp\", \"name\": \"x\", \"email\": \"a@b.example\"}", "/smtp");
    assertWrong(SMTP.replace("spaces ", "").replace(" s p a c e s ", "a\\nb"), "/smtp/password");
    assertWrong("{\"name\": \"x\", \"email\": \"a@b.example\"}", "/kind");
  }

  @Test
  void otherKindsAreReadAndShownWithoutTheirSecrets() {
    String head =
        "{\"kind\": \"%1$s\", \"name\": \"x\", \"email\": \"a@b.example\", \"%1$s\": %2$s}";
    for (String[] kind :
        new String[][] {
          {
            "microsoft",
            "{\"tenant\":\"acme.com\",\"client_id\":\"c\",\"client_secret\":\"s3cret\",\"route\":\"smtp\","
                + "\"flow\":\"app\",\"cloud\":\"china\",\"client_secret_expires\":\"2027-03-31\"}"
          },
          {"google", "{\"client_id\":\"c\",\"client_secret\":\"s3cret\",\"route\":\"gmail\"}"},
          {
            "exchange",
            "{\"uri\":\"https://mail.acme.com/EWS/Exchange.asmx\",\"domain\":\"acme.com\",\"username\":\"anna\",\"password\":\"s3cret\"}"
          }
        }) {
      AccountDraft draft = read(head.formatted(kind[0], kind[1]));
      assertThat(draft.secret()).isEqualTo("s3cret");
      Account account = accounts.create(ADMIN, draft);
      assertThat(accounts.find("co_1", account.id())).contains(account);
      assertThat(account.hasSecret()).isTrue();
      assertThat(account.connection()).isEqualTo(draft.connection());
      String shown = JSON.writeValueAsString(AccountJson.write(account));
      assertThat(shown).doesNotContain("s3cret").contains("\"" + kind[0] + "\":{");
      assertThat(patch(account, "{\"name\": \"y\"}").hasSecret()).isTrue();
    }
  }

  @Test
  void theDomainOfAnExchangeUserMustLookLikeOne() {
    String body =
        "{\"kind\":\"exchange\",\"name\":\"x\",\"email\":\"a@b.example\",\"exchange\":"
            + "{\"uri\":\"https://m.acme.com/EWS/Exchange.asmx\",\"domain\":\"%s\",\"username\":\"%s\",\"password\":\"p\"}}";
    for (String domain : List.of("company.com", "COMPANY", "corp.acme.local"))
      assertThat(read(body.formatted(domain, "anna")).kind()).isEqualTo(Account.Kind.EXCHANGE);
    for (String domain :
        List.of("https://company.com", "company com", "a.very.long@domain", "ANAMETHATISTOOLONG"))
      assertWrong(body.formatted(domain, "anna"), "/exchange/domain");
    assertWrong(body.formatted("COMPANY", "anna@company.com"), "/exchange/domain");
  }

  @Test
  void aGoogleAppPasswordLosesItsSpaces() {
    String google = SMTP.replace("smtp.acme.example", "smtp.gmail.com");
    assertThat(read(google.replace(" s p a c e s ", "abcd efgh ijkl mnop")).secret())
        .isEqualTo("abcdefghijklmnop");
    assertThat(read(google.replace(" s p a c e s ", "not an app password at all")).secret())
        .isEqualTo("not an app password at all");
    assertThat(read(SMTP.replace(" s p a c e s ", "abcd efgh ijkl mnop")).secret())
        .isEqualTo("abcd efgh ijkl mnop");
  }

  @Test
  void portsFollowTheSecurityWhereNobodySays() {
    String bare =
        "{\"kind\": \"smtp\", \"name\": \"x\", \"email\": \"a@b.example\","
            + " \"smtp\": {\"host\": \"h\", \"auth\": false%s}}";
    assertThat(read(bare.formatted("")).smtp().port()).isEqualTo(587);
    assertThat(read(bare.formatted(", \"security\": \"tls\"")).smtp().port()).isEqualTo(465);
    assertThat(read(bare.formatted(", \"security\": \"none\"")).smtp().port()).isEqualTo(25);
  }

  @Test
  void changesNeedTheirRight() {
    Account account = accounts.create(ADMIN, read(SMTP));
    Caller clerk = Doors.caller("co_1", Right.SEND, Right.SEE_ALL_MAIL);
    assertProblem(() -> accounts.create(clerk, read(SMTP)), 403, "manage accounts");
    assertProblem(() -> accounts.delete(clerk, account.id(), null), 403, "manage accounts");
    assertProblem(() -> routes.replace(clerk, List.of()), 403, "manage accounts");
    Caller other = Doors.caller("co_2", Right.MANAGE_ACCOUNTS);
    assertProblem(() -> accounts.delete(other, account.id(), null), 404, "does not exist");
  }

  @Test
  void routesNameKindsAndAccountsThatExist() {
    Account account = accounts.create(ADMIN, read(SMTP));
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                RouteJson.read(JSON.readTree("{\"invoce\": {}, \"quote\": {\"acount\": \"x\"}}")));
    assertThat(problem.errorAt("/invoce")).contains("Did you mean “invoice”?");
    assertThat(problem.errorAt("/quote/acount")).contains("Did you mean “account”?");
    Problem missing =
        catchThrowableOfType(
            Problem.class,
            () -> routes.replace(ADMIN, List.of(new Route("quote", "acc_none", null, null))));
    assertThat(missing.errorAt("/quote/account")).isEqualTo("There is no account “acc_none”.");
    Route route = new Route("quote", account.id(), "tpl_1", "lay_1");
    assertThat(routes.replace(ADMIN, List.of(route))).containsExactly(route);
    assertThat(routes.find("co_1", "quote")).contains(route);
    assertThat(routes.find("co_2", "quote")).isEmpty();
    assertThat(RouteJson.DOCUMENT_KINDS)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DocumentKind.values()).map(DocumentKind::word).toList());
  }

  @Test
  void listsInSlices() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) made.add(accounts.create(ADMIN, read(SMTP)).id());
    var first = accounts.list("co_1", true, 3, null);
    var second = accounts.list("co_1", true, 3, first.nextCursor());
    assertThat(first.data()).extracting(Account::id).isEqualTo(made.subList(0, 3));
    assertThat(second.data()).extracting(Account::id).isEqualTo(made.subList(3, 5));
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void theTrailSaysWhoChangedWhatFromWhatToWhatAndNeverASecret() {
    Account made = accounts.create(ADMIN, read(SMTP));
    accounts.create(ADMIN, read(SMTP));
    patch(made, "{\"name\": \"Orders\"}");
    patch(made, "{\"smtp\": {\"password\": \"planted-new-password\"}}");
    patch(made, "{}");
    Account other = accounts.list("co_1", true).getLast();
    routes.replace(ADMIN, List.of(new Route("invoice", other.id(), null, null)));
    routes.replace(ADMIN, List.of(new Route("invoice", other.id(), null, null)));
    assertThatThrownBy(() -> accounts.delete(ADMIN, other.id(), null)).isInstanceOf(Problem.class);
    routes.replace(ADMIN, List.of());
    accounts.delete(ADMIN, other.id(), null);

    List<Audit.Entry> trail = new Audit(database).list(AUDITOR, 50, null).data().reversed();
    assertThat(trail)
        .extracting(Audit.Entry::what)
        .containsExactly(
            "account.created",
            "account.created",
            "account.changed",
            "account.changed",
            "routes.changed",
            "routes.changed",
            "account.deleted");
    assertThat(trail).allMatch(entry -> entry.actor().equals(ADMIN.id()));
    assertThat(trail.getFirst().to()).contains("\"smtp\":{\"host\":").doesNotContain("health");
    assertThat(trail.get(2).from()).doesNotContain("Orders").doesNotContain("limits");
    assertThat(trail.get(2).to()).isEqualTo("{\"name\":\"Orders\"}");
    assertThat(trail.get(3).to()).isEqualTo("{\"secret\":\"typed anew\"}");
    assertThat(trail.get(4).from()).isEqualTo("{}");
    assertThat(trail.get(4).to()).contains("\"invoice\":{\"account\":\"" + other.id());
    assertThat(trail.getLast().to()).isNull();
    assertThat(trail.toString())
        .doesNotContain("planted-new-password")
        .doesNotContain("s p a c e s");
  }

  @Test
  void makingAnotherAccountTheDefaultTellsOfBoth() {
    Account first = accounts.create(ADMIN, read(SMTP));
    Account second = accounts.create(ADMIN, read(SMTP));
    patch(second, "{\"default\": true}");
    List<Audit.Entry> trail = new Audit(database).list(AUDITOR, 2, null).data();
    assertThat(trail)
        .extracting(Audit.Entry::subject, Audit.Entry::to)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(second.id(), "{\"default\":true}"),
            org.assertj.core.groups.Tuple.tuple(first.id(), "{\"default\":false}"));
  }

  @Test
  void anAppThatNothingNamesIsRefusedWithAPointer() {
    String app =
        """
        {"kind": "microsoft", "name": "App", "email": "box@acme.example",
         "microsoft": {"tenant": "acme.example", "flow": "app"}}\
        """;
    assertThatThrownBy(() -> accounts.create(ADMIN, read(app)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.errors().getFirst().pointer())
                    .isEqualTo("/microsoft/client_id"));
    assertThat(accounts.list("co_1", true)).isEmpty();
  }

  private Accounts accounts(int keySeed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) keySeed);
    String text = Base64.getEncoder().encodeToString(key);
    var settings = new Settings(Map.of("POSTROOM_SECRET_KEY", text));
    var secrets = new Secrets(settings);
    var health = new AccountHealth(database, events::add, () -> now);
    return new SignInWorld(database, settings, secrets, health, new Web(Trust.ofSystem()))
        .accounts(uses);
  }

  private Account patch(Account account, String patch) {
    return accounts.update(ADMIN, account.id(), null, old -> merge(old, patch));
  }

  private static AccountDraft merge(Account account, String patch) {
    return AccountJson.merge(account, JSON.readTree(patch));
  }

  private static AccountDraft read(String body) {
    return AccountJson.read(JSON.readTree(body));
  }

  private String password(Account account) {
    var login = (Login.Smtp) accounts.login(account);
    return ((Login.Credentials.Password) login.credentials()).password();
  }

  private List<String> secretOf(Account account) {
    return database.read(sql ->
        sql.sql("SELECT secret FROM accounts WHERE id = :id AND secret IS NOT NULL")
            .param("id", account.id())
            .query(String.class)
            .list());
  }

  private Instant lastSuccess(Account account) {
    return accounts.find("co_1", account.id()).orElseThrow().health().lastSuccess();
  }

  private void assertChosen(
      Account expected,
      String reason,
      String explicit,
      String partner,
      String document,
      String person) {
    Chosen chosen = accounts.choose("co_1", explicit, partner, document, person);
    assertThat(chosen.account().id()).isEqualTo(expected.id());
    assertThat(chosen.reason()).isEqualTo(reason);
  }

  private static void assertProblem(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int status, String words) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).as(words).isNotNull();
    assertThat(problem.status()).as(problem.detail()).isEqualTo(status);
    assertThat(problem.detail()).contains(words);
  }

  private static void assertWrong(String body, String pointer) {
    Problem problem = catchThrowableOfType(Problem.class, () -> read(body));
    assertThat(problem).as(body).isNotNull();
    assertThat(problem.errors()).extracting(Problem.FieldError::pointer).containsExactly(pointer);
  }
}
