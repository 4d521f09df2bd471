package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.ScriptedTokens;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Login;
import tools.jackson.databind.json.JsonMapper;

/** Renewing tokens: before they end, once, by one node, and kept before used. */
@ParameterizedClass
@EnumSource
class AccountTokensTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller US = Caller.postroom("co_1");

  @Parameter TestDatabase kind;
  private volatile Instant now = Instant.parse("2026-11-21T09:00:00Z");
  private final ScriptedTokens provider = new ScriptedTokens();
  private final Web web = new Web(Trust.ofSystem());
  private final List<Database> databases = new ArrayList<>();
  private final AtomicInteger rotations = new AtomicInteger(1);

  @AfterEach
  void close() {
    provider.close();
    web.close();
    databases.forEach(Database::close);
  }

  /** One node: its own view of the database, its own beans. */
  private SignInWorld node(Database database) {
    var settings =
        new Settings(
            Map.of(
                "POSTROOM_SECRET_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "POSTROOM_MICROSOFT_SIGN_IN_URL",
                provider.url()));
    var health = new AccountHealth(database, event -> {}, () -> now);
    return new SignInWorld(database, settings, new Secrets(settings), health, web);
  }

  /** As many nodes as asked for on one database; the embedded one has room for one process. */
  private List<SignInWorld> nodes(int count) {
    List<Database> opened = kind.openTogether(count, () -> now);
    databases.addAll(opened);
    return opened.stream().map(this::node).toList();
  }

  private static Account account(SignInWorld node) {
    Account account =
        node.accounts(List.of())
            .create(
                US,
                AccountJson.read(
                    JSON.readTree(
                        """
                        {"kind": "microsoft", "name": "Invoices", "email": "invoices@acme.example",
                         "microsoft": {"client_id": "app-1", "client_secret": "planted-secret"}}\
                        """)));
    node.database.run(sql -> {
      node.grants.signedIn(
          sql,
          account,
          granted("access-0", "refresh-1"),
          Set.of("Mail.Send"),
          "invoices@acme.example");
      node.health.connected("co_1", account.id());
    });
    return node.accounts(List.of()).find("co_1", account.id()).orElseThrow();
  }

  private static TokenAnswer.Granted granted(String access, String refresh) {
    return new TokenAnswer.Granted(access, refresh, null, Duration.ofHours(1), null);
  }

  /** Each refresh token works once, as at providers that detect stolen ones. */
  private void rotateStrictly() {
    provider.answer(form -> {
      int current = rotations.get();
      if (!form.getOrDefault("refresh_token", "").equals("refresh-" + current)
          || !rotations.compareAndSet(current, current + 1))
        return ScriptedTokens.Answer.json(400, "{\"error\": \"invalid_grant\"}");
      return ScriptedTokens.Answer.json(
          200,
          "{\"access_token\": \"access-%d\", \"refresh_token\": \"refresh-%d\", \"expires_in\": 3600}"
              .formatted(current, current + 1));
    });
  }

  private static String token(SignInWorld node, Account account) {
    return ((Login.Graph) node.accounts(List.of()).login(account)).accessToken();
  }

  @Test
  void renewsShortlyBeforeTheEndAndKeepsTheNewRefreshToken() {
    rotateStrictly();
    SignInWorld node = nodes(1).getFirst();
    Account account = account(node);
    assertThat(token(node, account)).isEqualTo("access-0");
    now = now.plus(Duration.ofMinutes(54));
    assertThat(token(node, account)).isEqualTo("access-0");
    assertThat(provider.asked()).isEmpty();
    now = now.plus(Duration.ofMinutes(2));
    assertThat(token(node, account)).isEqualTo("access-1");
    assertThat(provider.asked().getFirst())
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", "refresh-1")
        .containsEntry("client_secret", "planted-secret")
        .containsEntry("scope", "offline_access https://graph.microsoft.com/Mail.Send");
    now = now.plus(Duration.ofHours(3));
    assertThat(token(node, account)).isEqualTo("access-2");
    assertThat(node.grants.look(account).grant().lastRenewed()).isEqualTo(now);
  }

  @Test
  void manyAtOnceOnTwoNodesRenewOnce() throws Exception {
    rotateStrictly();
    List<SignInWorld> nodes = nodes(2);
    Account account = account(nodes.getFirst());
    for (int round = 1; round <= 5; round++) {
      now = now.plus(Duration.ofHours(2));
      Set<String> tokens = together(nodes, account, 8);
      assertThat(tokens).containsExactly("access-" + round);
      assertThat(provider.asked()).hasSize(round);
    }
  }

  @Test
  void anothersRenewalIsWaitedForOnlyWhereNothingWorks() throws Exception {
    List<SignInWorld> nodes = nodes(2);
    Account account = account(nodes.getFirst());
    var asked = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    provider.answer(form -> {
      asked.countDown();
      await(mayAnswer);
      return ScriptedTokens.Answer.json(
          200, "{\"access_token\": \"access-1\", \"expires_in\": 3600}");
    });
    now = now.plus(Duration.ofMinutes(57)); // still good, but should be renewed
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var renewing = workers.submit(() -> token(nodes.getFirst(), account));
      await(asked);
      assertThat(token(nodes.get(1), account)).isEqualTo("access-0");
      mayAnswer.countDown();
      assertThat(renewing.get()).isEqualTo("access-1");
    }
    assertThat(token(nodes.get(1), account)).isEqualTo("access-1");
  }

  @Test
  void aDeadNodesTurnEndsAndWhatItHadKeptIsUsed() {
    rotateStrictly();
    List<SignInWorld> nodes = nodes(2);
    SignInWorld dying = nodes.getFirst();
    SignInWorld other = nodes.get(1);
    Account account = account(dying);
    now = now.plus(Duration.ofHours(2));
    // Dies with the turn in hand, before it has asked.
    dying.grants.turn(account, dying.grants.look(account)).orElseThrow();
    assertThat(other.grants.turn(account, other.grants.look(account))).isEmpty();
    now = now.plus(Grants.LEASE);
    assertThat(token(other, account)).isEqualTo("access-1");
    // Dies after the rotated token was kept and before it was used.
    now = now.plus(Duration.ofHours(2));
    var turn = dying.grants.turn(account, dying.grants.look(account)).orElseThrow();
    assertThat(turn.grant().version()).isEqualTo(2);
    rotations.set(3);
    assertThat(dying.grants.renewed(turn, granted("access-2", "refresh-3"))).isTrue();
    assertThat(token(other, account)).isEqualTo("access-2");
    now = now.plus(Duration.ofHours(2));
    assertThat(token(other, account)).isEqualTo("access-3");
    assertThat(provider.asked()).hasSize(2);
  }

  @Test
  void anAnswerThatComesAfterANewerOneIsForgotten() {
    List<SignInWorld> nodes = nodes(2);
    Account account = account(nodes.getFirst());
    now = now.plus(Duration.ofHours(2));
    Grants slow = nodes.getFirst().grants;
    var turn = slow.turn(account, slow.look(account)).orElseThrow();
    now = now.plus(Grants.LEASE);
    Grants fast = nodes.get(1).grants;
    var second = fast.turn(account, fast.look(account)).orElseThrow();
    assertThat(fast.renewed(second, granted("newer", "refresh-newer"))).isTrue();
    assertThat(slow.renewed(turn, granted("older", "refresh-older"))).isFalse();
    assertThat(slow.refused(turn, true, () -> {})).isFalse();
    assertThat(fast.access(account, fast.look(account).grant()).value()).isEqualTo("newer");
    assertThat(fast.refreshToken(account, fast.look(account).grant())).isEqualTo("refresh-newer");
  }

  @Test
  void aGrantAtItsEndStopsTheAccountAndIsNeverTriedAgain() {
    SignInWorld node = nodes(1).getFirst();
    Account account = account(node);
    provider.answer(
        400,
        """
        {"error":"invalid_grant","error_description":"AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '2026-11-01T00:00:00.0000000Z' and the TokensValidFrom date (before which tokens are not valid) for this user is '2026-11-20T00:00:00.0000000Z'. Trace ID: 8f0c3b7e-6a51-4d0b-9c3e-3f2a5d1e0b00 Correlation ID: 1c6f8a52-7a8e-4d68-9a9c-2b1d3e4f5a6b Timestamp: 2026-11-21 09:00:00Z","error_codes":[50173],"timestamp":"2026-11-21 09:00:00Z","trace_id":"8f0c3b7e-6a51-4d0b-9c3e-3f2a5d1e0b00","correlation_id":"1c6f8a52-7a8e-4d68-9a9c-2b1d3e4f5a6b"}\
        """);
    now = now.plus(Duration.ofHours(2));
    var trouble = catchThrowableOfType(AccountUnusable.class, () -> token(node, account));
    assertThat(trouble.passesIn()).isEmpty();
    Account stopped = node.accounts(List.of()).find("co_1", account.id()).orElseThrow();
    assertThat(stopped.health().state()).isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(stopped.health().reason()).isEqualTo(trouble.getMessage()).isNotBlank();
    for (int i = 0; i < 3; i++)
      assertThatThrownBy(() -> token(node, account)).hasMessage(trouble.getMessage());
    assertThat(provider.asked()).hasSize(1);
    Grant left = node.grants.look(account).grant();
    assertThat(left.refreshToken()).isNull();
    assertThat(left.accessToken()).isNull();
  }

  @Test
  void aWrongClientSecretKeepsTheSignInForWhenItIsRight() {
    SignInWorld node = nodes(1).getFirst();
    Account account = account(node);
    provider.answer(
        401,
        """
        {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app 'app-1'. planted-secret","error_codes":[7000215]}\
        """);
    now = now.plus(Duration.ofHours(2));
    var trouble = catchThrowableOfType(AccountUnusable.class, () -> token(node, account));
    assertThat(trouble.getMessage()).doesNotContain("planted-secret");
    Accounts accounts = node.accounts(List.of());
    assertThat(accounts.find("co_1", account.id()).orElseThrow().health().state())
        .isEqualTo(State.NEEDS_ADMINISTRATOR);
    rotateStrictly();
    accounts.update(
        US,
        account.id(),
        null,
        old ->
            AccountJson.merge(
                old, JSON.readTree("{\"microsoft\": {\"client_secret\": \"right\"}}")));
    assertThat(accounts.find("co_1", account.id()).orElseThrow().health().state())
        .isEqualTo(State.WORKING);
    assertThat(token(node, account)).isEqualTo("access-1");
  }

  @Test
  void aBusyProviderIsLeftAloneAsLongAsItAsks() {
    SignInWorld node = nodes(1).getFirst();
    Account account = account(node);
    provider.answer(
        form -> new ScriptedTokens.Answer(503, Map.of("Retry-After", "120"), "<html>busy</html>"));
    now = now.plus(Duration.ofMinutes(57));
    assertThat(token(node, account)).isEqualTo("access-0"); // good for three minutes yet
    now = now.plus(Duration.ofMinutes(4)); // ended, and the two minutes are over
    var trouble = catchThrowableOfType(AccountUnusable.class, () -> token(node, account));
    assertThat(trouble.passesIn()).contains(Duration.ofMinutes(2));
    for (int i = 0; i < 5; i++)
      assertThat(catchThrowableOfType(AccountUnusable.class, () -> token(node, account)).passesIn())
          .isPresent();
    assertThat(provider.asked()).hasSize(2);
    assertThat(node.accounts(List.of()).find("co_1", account.id()).orElseThrow().health().state())
        .isEqualTo(State.WORKING);
    rotateStrictly();
    now = now.plus(Duration.ofMinutes(2));
    assertThat(token(node, account)).isEqualTo("access-1");
  }

  @Test
  void whatIsNoAnswerOfAProviderNeverAsksForANewSignIn() {
    SignInWorld node = nodes(1).getFirst();
    Account account = account(node);
    now = now.plus(Duration.ofHours(2));
    for (String body :
        List.of(
            "",
            "<html>Proxy</html>",
            "[]",
            "null",
            "{\"error\": 7}",
            "{\"access_token\": \"a\\nb\"}"))
      for (int status : new int[] {200, 302, 403, 404, 407, 500}) {
        provider.answer(status, body);
        var trouble = catchThrowableOfType(AccountUnusable.class, () -> token(node, account));
        assertThat(trouble.passesIn()).as(status + " " + body).isPresent();
        now = now.plus(Duration.ofMinutes(5));
      }
    rotateStrictly();
    assertThat(token(node, account)).isEqualTo("access-1");
  }

  @Test
  void aRefusedTokenIsReplacedOnceAndNotAgain() {
    rotateStrictly();
    SignInWorld node = nodes(1).getFirst();
    Account account = account(node);
    Accounts accounts = node.accounts(List.of());
    now = now.plus(Duration.ofMinutes(10));
    Login first = accounts.login(account);
    Login second = accounts.loginAgain(account, first).orElseThrow();
    assertThat(((Login.Graph) second).accessToken()).isEqualTo("access-1");
    assertThat(accounts.loginAgain(account, first)).contains(second); // renewed for another message
    assertThat(accounts.loginAgain(account, second)).isEmpty();
    assertThat(provider.asked()).hasSize(1);
  }

  @Test
  void tokensThatEndAtOnceDoNotAskForEver() {
    SignInWorld node = nodes(1).getFirst();
    Account account = account(node);
    provider.answer(200, "{\"access_token\": \"short\", \"expires_in\": 0}");
    now = now.plus(Duration.ofHours(2));
    assertThat(token(node, account)).isEqualTo("short");
    assertThat(token(node, account)).isEqualTo("short");
    assertThat(provider.asked()).hasSize(1);
  }

  private static Set<String> together(List<SignInWorld> nodes, Account account, int each)
      throws Exception {
    List<Callable<String>> tasks = new ArrayList<>();
    for (SignInWorld node : nodes)
      for (int i = 0; i < each; i++) tasks.add(() -> token(node, account));
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<String> tokens = new HashSet<>();
      for (var done : workers.invokeAll(tasks)) tokens.add(done.get());
      return tokens;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
