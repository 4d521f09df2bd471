package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.SignIns.Ask;
import org.postroom.accounts.SignIns.Returned;
import org.postroom.accounts.oauth.Pkce;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.ScriptedTokens;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Login;
import tools.jackson.databind.json.JsonMapper;

/** Signing in against scripted providers, on both databases. */
@ParameterizedClass
@EnumSource
class SignInsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller MARIA = person("co_1", "usr_maria");
  private static final Ask ASK = new Ask(URI.create("http://here.example:8025/"), false);
  private static final String SECRET = "planted-client-secret";
  private static final String REFRESH = "planted-refresh-token-1";
  private static final String ACCESS = "planted-access-token-1";

  @Parameter TestDatabase kind;
  private Instant now = Instant.parse("2026-11-21T09:00:00Z");
  private final List<Object> events = new ArrayList<>();
  private final ScriptedTokens provider = new ScriptedTokens();
  private final Web web = new Web(Trust.ofSystem());
  private Database database;
  private SignInWorld world;
  private Accounts accounts;
  private SignIns signIns;

  @BeforeEach
  void open() {
    database = kind.open(() -> now);
    open(Map.of());
  }

  private void open(Map<String, String> more) {
    var settings = new HashMap<>(more);
    settings.put("POSTROOM_SECRET_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    settings.put("POSTROOM_MICROSOFT_SIGN_IN_URL", provider.url() + "/ms");
    settings.put("POSTROOM_GOOGLE_TOKEN_URL", provider.url() + "/google/token");
    settings.put("POSTROOM_GOOGLE_REVOKE_URL", provider.url() + "/revoke");
    settings.put("POSTROOM_GOOGLE_CLIENT_ID", "google-client");
    settings.put("POSTROOM_GOOGLE_CLIENT_SECRET", "planted-google-secret");
    var read = new Settings(settings);
    var health = new AccountHealth(database, events::add, () -> now);
    world = new SignInWorld(database, read, new Secrets(read), health, web);
    accounts = world.accounts(List.of());
    signIns = world.signIns(accounts);
  }

  @AfterEach
  void close() {
    provider.close();
    web.close();
    database.close();
  }

  @Test
  void sendsThePersonToMicrosoftWithPkceAndAOneTimeState() {
    Account account = microsoft("");
    assertThat(account.health().state()).isEqualTo(State.NEEDS_SIGN_IN);
    var begun = signIns.begin(MARIA, account.id(), ASK);
    assertThat(begun.url().toString())
        .startsWith(provider.url() + "/ms/organizations/oauth2/v2.0/authorize?");
    Map<String, String> query = query(begun.url());
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "app-1")
        .containsEntry("redirect_uri", "http://here.example:8025/oauth/callback")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("login_hint", "invoices@acme.example")
        .containsEntry(
            "scope", "openid email profile offline_access https://graph.microsoft.com/Mail.Send");
    assertThat(query.get("state")).startsWith("co_1~").hasSizeGreaterThan(45);
    assertThat(query.get("code_challenge")).hasSize(43);
    assertThat(begun.adminConsentUrl().toString())
        .startsWith(
            provider.url()
                + "/ms/organizations/v2.0/adminconsent?client_id=app-1&scope=https%3A%2F%2Fgraph");
    assertThat(begun.toString()).doesNotContain("state");
    assertThat(everythingStored()).doesNotContain(query.get("state"));
    var large = signIns.begin(MARIA, account.id(), new Ask(ASK.here(), true));
    assertThat(query(large.url()).get("scope"))
        .endsWith("/Mail.Send https://graph.microsoft.com/Mail.ReadWrite");
  }

  @Test
  void asksForReadingOnlyWhereSomebodyWantsTheMailboxRead() {
    assertThat(scope(microsoft(""))).doesNotContain("Mail.Read");
    world.readMailboxes();
    assertThat(scope(microsoft(""))).endsWith("/Mail.Send https://graph.microsoft.com/Mail.Read");
    assertThat(scope(microsoft("\"mailbox\": \"sales@acme.example\"")))
        .endsWith("https://graph.microsoft.com/Mail.Read.Shared");
    assertThat(scope(microsoft("\"route\": \"smtp\"")))
        .endsWith(
            "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All");
    assertThat(signIns.mayRead(microsoft(""))).isFalse();
  }

  @Test
  void asksEachRouteAndCloudForItsOwnScopeOfOneResource() {
    assertThat(scope(microsoft("\"route\": \"smtp\"")))
        .endsWith("offline_access https://outlook.office.com/SMTP.Send");
    assertThat(scope(microsoft("\"mailbox\": \"sales@acme.example\"")))
        .endsWith(
            "https://graph.microsoft.com/Mail.Send https://graph.microsoft.com/Mail.Send.Shared");
    assertThat(scope(microsoft("\"cloud\": \"china\"")))
        .endsWith("https://microsoftgraph.chinacloudapi.cn/Mail.Send");
    assertThat(scope(google("{}")))
        .isEqualTo("openid email https://www.googleapis.com/auth/gmail.send");
    assertThat(scope(google("{\"route\": \"smtp\"}")))
        .isEqualTo("openid email https://mail.google.com/");
    Map<String, String> query = query(signIns.begin(MARIA, google("{}").id(), ASK).url());
    assertThat(query).containsEntry("access_type", "offline").containsEntry("prompt", "consent");
  }

  @Test
  void aSignInThatNobodyUsesIsWarnedOfAndLookingAtItIsNoUse() {
    Account account = microsoft("");
    signInAs(account, "invoices@acme.example", "https://graph.microsoft.com/Mail.Send openid");
    var warnings =
        new AccountWarnings(List.of(new EndingSignIns(List.of(new KeptSignIns(world.grants)))));
    Instant signedIn = now;
    assertThat(warnings.of(account, signedIn.plus(Duration.ofDays(59)))).isEmpty();
    now = signedIn.plus(Duration.ofDays(70));
    assertThat(signIns.state(account)).isPresent();
    assertThat(signIns.states("co_1").apply(account)).isPresent();
    assertThat(warnings.of(account, now))
        .extracting(AccountWarning::headline)
        .containsExactly("Unused sign-in ends on 19 Feb 2027");
  }

  @Test
  void aGoogleProjectInTestingIsWarnedOfFromTheSignInOn() {
    Account account = google("{\"testing\": true}");
    var warnings =
        new AccountWarnings(List.of(new EndingSignIns(List.of(new KeptSignIns(world.grants)))));
    assertThat(warnings.of(account, now)).isEmpty();
    signInAs(account, "invoices@acme.example", "openid https://www.googleapis.com/auth/gmail.send");
    assertThat(warnings.of(account, now.plus(Duration.ofDays(5))))
        .extracting(AccountWarning::headline, AccountWarning::urgent)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Sign-in ends on 28 Nov 2026", true));
  }

  @Test
  void aChangeThatLosesTheSignInIsAnEventOfTheAccount() {
    Account account = microsoft("");
    signInAs(account, "invoices@acme.example", "https://graph.microsoft.com/Mail.Send openid");
    accounts.update(
        MARIA,
        account.id(),
        null,
        old ->
            AccountJson.merge(old, JSON.readTree("{\"microsoft\": {\"client_id\": \"app-2\"}}")));
    var told = new AccountEvents(database).list("co_1", 10, null).data();
    assertThat(told.getLast().type()).isEqualTo(AccountEvent.Type.NEEDS_ATTENTION);
    assertThat(told.getLast().state()).isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(told.getLast().reason()).contains("Nobody has signed in");
  }

  @Test
  void aSignInMakesTheAccountWorkAndKeepsTheTokensSealed() {
    Account account = microsoft("");
    events.clear();
    var result =
        signInAs(account, "Invoices@ACME.example", "https://graph.microsoft.com/Mail.Send openid");
    assertThat(result).isInstanceOf(SignInResult.Connected.class);
    Account connected = accounts.find("co_1", account.id()).orElseThrow();
    assertThat(connected.health().state()).isEqualTo(State.WORKING);
    assertThat(events).contains(new AccountRecovered("co_1", account.id()));
    assertThat(accounts.login(connected))
        .isEqualTo(new Login.Graph(URI.create("https://graph.microsoft.com"), null, ACCESS, false));
    Map<String, String> asked = provider.asked().getFirst();
    assertThat(asked)
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("client_secret", SECRET)
        .containsEntry("code", "code-1")
        .containsEntry("redirect_uri", "http://here.example:8025/oauth/callback");
    assertThat(Pkce.sha256(asked.get("code_verifier"))).isEqualTo(lastQuery.get("code_challenge"));
    SignInState state = signIns.state(connected).orElseThrow();
    assertThat(state.state()).isEqualTo(SignInState.State.CONNECTED);
    assertThat(state.signedInAs()).isEqualTo("invoices@acme.example");
    assertThat(everythingStored()).doesNotContain("planted-");
    assertThat(JSON.writeValueAsString(signIns.state(connected).orElseThrow().json()))
        .contains("\"signed_in_as\":\"invoices@acme.example\"")
        .doesNotContain("planted-");
  }

  @Test
  void aStateCountsOnceForItsPersonAndForFifteenMinutes() {
    Account account = microsoft("");
    provider.answer(form -> granted(account, "invoices@acme.example", "Mail.Send", REFRESH));
    begin(account);
    Returned returned = new Returned(lastQuery.get("state"), "code-1", null, null);
    assertUnknown(signIns.finish(person("co_1", "usr_other"), returned));
    assertUnknown(signIns.finish(MARIA, returned)); // taken by the other's try
    begin(account);
    assertUnknown(signIns.finish(person("co_2", "usr_maria"), returned()));
    begin(account);
    now = now.plus(Duration.ofMinutes(15));
    assertUnknown(signIns.finish(MARIA, returned()));
    assertUnknown(signIns.finish(MARIA, new Returned(null, "code-1", null, null)));
    assertUnknown(signIns.finish(MARIA, new Returned("co_1~guessed", "code-1", null, null)));
    assertUnknown(signIns.finish(MARIA, new Returned("x".repeat(5000), "code-1", null, null)));
    assertThat(provider.asked()).isEmpty();
    begin(account);
    assertThat(signIns.finish(MARIA, returned())).isInstanceOf(SignInResult.Connected.class);
    assertUnknown(signIns.finish(MARIA, returned()));
    begin(account);
    assertUnknown(signIns.approved(returned())); // a person's state approves nothing
    begin(account);
    var seller =
        new Caller("co_1", Caller.Kind.PERSON, MARIA.id(), "M", null, Set.of(Right.SEND), false);
    Problem refused = catchThrowableOfType(Problem.class, () -> signIns.finish(seller, returned()));
    assertThat(refused.status()).isEqualTo(403);
  }

  @Test
  void aPermissionThatWasNotGivenIsNoticed() {
    Account account = google("{}");
    assertFinding(signInAs(account, "invoices@acme.example", "openid email"), "X35");
    provider.answer(form ->
        granted(
            account, "invoices@acme.example", "https://www.googleapis.com/auth/gmail.send", null));
    begin(account);
    assertFinding(signIns.finish(MARIA, returned()), "X36");
    provider.answer(form ->
        ScriptedTokens.Answer.json(
            200,
            body(
                "google-client",
                "other-nonce",
                "invoices@acme.example",
                "https://www.googleapis.com/auth/gmail.send",
                REFRESH)));
    begin(account);
    assertFinding(signIns.finish(MARIA, returned()), "X28");
    assertThat(accounts.find("co_1", account.id()).orElseThrow().health().state())
        .isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(everythingStored()).doesNotContain("planted-");
  }

  @Test
  void whoSignedInAsAnotherChoosesTheMailbox() {
    Account account = google("{}");
    String scope = "https://www.googleapis.com/auth/gmail.send";
    var other = (SignInResult.OtherMailbox) signInAs(account, "maria@acme.example", scope);
    assertThat(other.signedInAs()).isEqualTo("maria@acme.example");
    assertThat(other.finding().id()).isEqualTo("X37");
    assertThat(state(account)).isEqualTo(State.NEEDS_SIGN_IN);
    var used = signIns.choose(MARIA, other.choice(), SignIns.Choice.USE_THIS).orElseThrow();
    assertThat(used).isInstanceOf(SignInResult.Connected.class);
    Account renamed = accounts.find("co_1", account.id()).orElseThrow();
    assertThat(renamed.email().spec()).isEqualTo("maria@acme.example");
    assertThat(renamed.health().state()).isEqualTo(State.WORKING);
    assertThat(accounts.login(renamed))
        .isEqualTo(new Login.Gmail(URI.create("https://gmail.googleapis.com"), ACCESS));
    assertUnknown(signIns.choose(MARIA, other.choice(), SignIns.Choice.USE_THIS).orElseThrow());

    Account alias = google("{}");
    var second = (SignInResult.OtherMailbox) signInAs(alias, "maria@acme.example", scope);
    signIns.choose(MARIA, second.choice(), SignIns.Choice.SEND_AS).orElseThrow();
    assertThat(state(alias)).isEqualTo(State.WORKING);
    assertThat(accounts.find("co_1", alias.id()).orElseThrow().email().spec())
        .isEqualTo("invoices@acme.example");

    Account again = google("{}");
    var third = (SignInResult.OtherMailbox) signInAs(again, "eve@acme.example", scope);
    assertThat(signIns.choose(MARIA, third.choice(), SignIns.Choice.SIGN_IN_AGAIN)).isEmpty();
    assertThat(provider.revoked()).containsExactly(REFRESH);
  }

  @Test
  void aSharedMailboxIsSentFromByWhoeverSignsIn() {
    Account account = microsoft("");
    var other = (SignInResult.OtherMailbox) signInAs(account, "maria@acme.example", "Mail.Send");
    assertThat(signIns.choose(MARIA, other.choice(), SignIns.Choice.SEND_AS)).isEmpty();
    assertThat(scope(account)).endsWith("Mail.Send.Shared");
    assertThat(lastQuery).doesNotContainKey("login_hint").containsEntry("prompt", "select_account");
    assertThat(signInAs(account, "maria@acme.example", "Mail.Send Mail.Send.Shared"))
        .isInstanceOf(SignInResult.Connected.class);
    assertThat(((Login.Graph) accounts.login(account)).mailbox())
        .isEqualTo("invoices@acme.example");
    assertThat(signIns.state(account).orElseThrow().signedInAs()).isEqualTo("maria@acme.example");
  }

  @Test
  void disconnectingForgetsAndGoogleTakesThePermissionBack() {
    Account account = google("{}");
    signInAs(account, "invoices@acme.example", "https://www.googleapis.com/auth/gmail.send");
    var done = signIns.disconnect(MARIA, account.id());
    assertThat(done.revoked()).isTrue();
    assertThat(provider.revoked()).containsExactly(REFRESH);
    assertThat(done.account().health().state()).isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(signIns.state(done.account()).orElseThrow().connected()).isFalse();
    assertThat(tokensStored()).isZero();

    signInAs(account, "invoices@acme.example", "https://www.googleapis.com/auth/gmail.send");
    Account twin = google("{}");
    signInAs(twin, "invoices@acme.example", "https://www.googleapis.com/auth/gmail.send");
    assertThat(signIns.disconnect(MARIA, account.id()).revoked()).isFalse(); // the twin lives by it
    Account microsoft = microsoft("");
    signInAs(microsoft, "invoices@acme.example", "Mail.Send");
    assertThat(signIns.disconnect(MARIA, microsoft.id()).message())
        .contains("Microsoft has no way");
    provider.revokeWith(400);
    assertThat(signIns.disconnect(MARIA, twin.id()).message()).contains("did not confirm");
  }

  @Test
  void switchingOffWipesAndSwitchingOnAsksToSignInAgain() {
    microsoft("");
    Account account = microsoft("");
    signInAs(account, "invoices@acme.example", "Mail.Send");
    patch(account, "{\"active\": false}");
    assertThat(tokensStored()).isZero();
    patch(account, "{\"active\": true, \"microsoft\": {\"client_secret\": \"again\"}}");
    assertThat(state(account)).isEqualTo(State.NEEDS_SIGN_IN);
    var trouble = catchThrowableOfType(AccountUnusable.class, () -> accounts.login(account));
    assertThat(trouble.passesIn()).isEmpty();
    assertThat(trouble).hasMessage("Nobody has signed in to this mailbox yet.");
  }

  @Test
  void changesThatDoNotFitTheSignInAskForAnother() {
    Account account = microsoft("");
    signInAs(account, "invoices@acme.example", "Mail.Send");
    patch(
        account,
        "{\"name\": \"Bills\", \"microsoft\": {\"client_secret\": \"newer\", \"client_secret_expires\": \"2027-01-31\"}}");
    assertThat(state(account)).isEqualTo(State.WORKING);
    patch(account, "{\"microsoft\": {\"route\": \"smtp\"}}");
    assertThat(state(account)).isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(tokensStored()).isZero();
    assertThat(accounts.find("co_1", account.id()).orElseThrow().hasSecret()).isTrue();
    patch(account, "{\"microsoft\": {\"client_secret\": \"\"}}");
    assertThat(accounts.find("co_1", account.id()).orElseThrow().hasSecret()).isFalse();
    patch(account, "{\"microsoft\": {\"client_secret\": \"x\"}}");
    patch(account, "{\"microsoft\": {\"client_id\": \"another\"}}");
    assertThat(accounts.find("co_1", account.id()).orElseThrow().hasSecret()).isFalse();
  }

  @Test
  void waitsForAnAdministratorAndGoesOnWhenItIsApproved() {
    Account account = microsoft("");
    URI link = signIns.approvalLink(MARIA, account.id(), ASK);
    assertThat(state(account)).isEqualTo(State.NEEDS_ADMINISTRATOR);
    assertThat(signIns.state(account).orElseThrow().waiting()).isTrue();
    String state = query(link).get("state");
    now = now.plus(Duration.ofDays(20));
    assertFinding(
        signIns.approved(new Returned(state, null, "access_denied", "AADSTS65004: declined")),
        null);
    String second = query(signIns.approvalLink(MARIA, account.id(), ASK)).get("state");
    assertThat(signIns.approved(new Returned(second, null, null, null)))
        .isEqualTo(new SignInResult.Approved("Invoices", false));
    assertThat(state(account)).isEqualTo(State.NEEDS_SIGN_IN);
    assertThat(signIns.state(account).orElseThrow().approved()).isTrue();
    assertThat(signInAs(account, "invoices@acme.example", "Mail.Send"))
        .isInstanceOf(SignInResult.Connected.class);
  }

  @Test
  void anAppSignsInItself() {
    Account account =
        microsoft("\"flow\": \"app\", \"tenant\": \"acme.example\", \"route\": \"smtp\"");
    provider.answer(200, "{\"access_token\": \"" + ACCESS + "\", \"expires_in\": 3599}");
    assertThat(signIns.connectApp(MARIA, account.id())).isInstanceOf(SignInResult.Connected.class);
    assertThat(provider.asked().getFirst())
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("scope", "https://outlook.office365.com/.default");
    accounts.login(account);
    assertThat(provider.asked()).hasSize(1);
    Problem noPerson =
        catchThrowableOfType(Problem.class, () -> signIns.begin(MARIA, account.id(), ASK));
    assertThat(noPerson.status()).isEqualTo(409);
  }

  @Test
  void withoutAnyClientIdTheFieldIsNamed() {
    Account account =
        accounts.create(
            MARIA,
            read("{\"kind\": \"microsoft\", \"name\": \"M\", \"email\": \"m@acme.example\"}"));
    Problem problem =
        catchThrowableOfType(Problem.class, () -> signIns.begin(MARIA, account.id(), ASK));
    assertThat(problem.errorAt("/microsoft/client_id")).isNotNull();
  }

  private Map<String, String> lastQuery = Map.of();

  private SignInResult signInAs(Account account, String address, String scope) {
    provider.answer(form -> granted(account, address, scope, REFRESH));
    begin(account);
    return signIns.finish(MARIA, returned());
  }

  private void begin(Account account) {
    lastQuery = query(signIns.begin(MARIA, account.id(), ASK).url());
  }

  private Returned returned() {
    return new Returned(lastQuery.get("state"), "code-1", null, null);
  }

  private String scope(Account account) {
    begin(account);
    return lastQuery.get("scope");
  }

  private ScriptedTokens.Answer granted(
      Account account, String address, String scope, String refresh) {
    return ScriptedTokens.Answer.json(
        200, body(lastQuery.get("client_id"), lastQuery.get("nonce"), address, scope, refresh));
  }

  private static String body(
      String client, String nonce, String address, String scope, String refresh) {
    return """
    {"token_type": "Bearer", "expires_in": 3599, "scope": "%s", "access_token": "%s", %s "id_token": "%s"}\
    """
        .formatted(
            scope,
            ACCESS,
            refresh == null ? "" : "\"refresh_token\": \"" + refresh + "\",",
            ScriptedTokens.idToken(client, nonce, "\"preferred_username\": \"" + address + "\""));
  }

  private Account microsoft(String more) {
    String body =
        """
        {"kind": "microsoft", "name": "Invoices", "email": "invoices@acme.example",
         "microsoft": {"client_id": "app-1", "client_secret": "%s"%s}}\
        """
            .formatted(SECRET, more.isEmpty() ? "" : ", " + more);
    return accounts.create(MARIA, read(body));
  }

  private Account google(String own) {
    return accounts.create(
        MARIA,
        read(
            "{\"kind\": \"google\", \"name\": \"G\", \"email\": \"invoices@acme.example\", \"google\": "
                + own
                + "}"));
  }

  private void patch(Account account, String patch) {
    accounts.update(MARIA, account.id(), null, old -> AccountJson.merge(old, JSON.readTree(patch)));
  }

  private State state(Account account) {
    return accounts.find("co_1", account.id()).orElseThrow().health().state();
  }

  private static void assertUnknown(SignInResult result) {
    assertFinding(result, "X01");
  }

  private static void assertFinding(SignInResult result, String id) {
    assertThat(result).isInstanceOf(SignInResult.Failed.class);
    if (id != null) assertThat(((SignInResult.Failed) result).finding().id()).isEqualTo(id);
  }

  private long tokensStored() {
    return database.read(sql ->
        sql.sql(
                "SELECT COUNT(*) FROM account_grants WHERE access_token IS NOT NULL OR refresh_token IS NOT NULL")
            .query(Long.class)
            .single());
  }

  private String everythingStored() {
    StringBuilder all = new StringBuilder();
    for (String table : List.of("accounts", "account_grants", "account_sign_ins", "audit"))
      database.run(
          sql -> all.append(sql.sql("SELECT * FROM " + table).query().listOfRows().toString()));
    return all.toString();
  }

  private static AccountDraft read(String body) {
    return AccountJson.read(JSON.readTree(body));
  }

  private static Caller person(String company, String id) {
    return new Caller(
        company,
        Caller.Kind.PERSON,
        id,
        "Maria Lund",
        "maria@acme.example",
        Set.of(Right.values()),
        false);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    for (String pair : uri.getRawQuery().split("&", -1)) {
      int mark = pair.indexOf('=');
      query.put(
          pair.substring(0, mark),
          URLDecoder.decode(pair.substring(mark + 1), StandardCharsets.UTF_8));
    }
    return query;
  }
}
