package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.mail.MailContent;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** People come in, forget, switch and go, with mails that really leave, on the running product. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.MethodName.class)
class PeopleDoorTests {
  private static final String PASSWORD = "staples beside the harbour";
  private static RunningPostroom postroom;
  private static ScriptedSmtpServer server;

  @BeforeAll
  static void start() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain().auth("acme", "secret word", "PLAIN"));
    postroom = RunningPostroom.start();
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Office", "email": "office@acme.example", "default": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": true,
                      "username": "acme", "password": "secret word"}}
            """
                .formatted(server.port()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    postroom.close();
    server.close();
  }

  @Test
  void whoeverIsInvitedByMailComesInWithTheirRole() {
    Browser admin = Browser.signedIn(postroom);
    var page = invite(admin, "peter@acme.example", "SALES");
    assertThat(page.html().select(".n-ok").text()).contains("on its way to peter@acme.example");
    String link = linkTo("peter@acme.example", "/invitation/");
    Browser peter = new Browser(postroom.url());
    page = peter.open(link);
    assertThat(page.html().select("main").text()).contains("Acme Bakery Supplies", "Sales");
    page = peter.submit(page, "main form", Map.of("name", "Peter Berg", "password", "short"));
    assertThat(page.html().select("#again-wrong").text()).contains("not the same");
    page = peter.submit(page, "main form", Map.of("password", "short", "again", "short"));
    assertThat(page.html().select("#password-wrong").text()).contains("at least 12");
    page = peter.submit(page, "main form", Map.of("password", PASSWORD, "again", PASSWORD));
    assertThat(page.path()).isEqualTo("/");
    assertThat(page.html().select(".side-who").text()).contains("Peter Berg");
    assertThat(peter.open("/people").status()).isEqualTo(403);
    assertThat(peter.open("/audit").status()).isEqualTo(403);
    assertThat(new Browser(postroom.url()).open(link).html().select("h1").text())
        .contains("does not work any more");
    assertThat(admin.open("/people").html().select("main").text()).contains("Peter Berg");
  }

  @Test
  void whoMaySeeAllMailSeesTheLetterButNotWhatItHolds() {
    invite(Browser.signedIn(postroom), "vera@acme.example", "VIEWER");
    linkTo("vera@acme.example", "/invitation/");
    var letter =
        json(postroom.get("/api/v1/messages"))
            .get("data")
            .valueStream()
            .filter(one -> one.at("/recipients/0/address").asString().startsWith("vera@"))
            .findFirst()
            .orElseThrow();
    String id = letter.get("id").asString();
    assertThat(letter.at("/origin/kind").asString()).isEqualTo("letter");
    assertThat(postroom.get("/api/v1/messages/" + id + "/content").statusCode()).isEqualTo(404);
    eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        sent -> sent.get("state").asString().equals("sent"));
    assertThat(
            postroom
                .post("/api/v1/messages/" + id + "/resend", "{\"to\":[\"eve@x.example\"]}")
                .statusCode())
        .isEqualTo(409);
    Browser admin = Browser.signedIn(postroom);
    for (String tab : List.of("mail", "text", "source"))
      assertThat(admin.open("/messages/" + id + "?tab=" + tab).html().html())
          .doesNotContain("/invitation/");
    assertThat(admin.open("/messages/" + id + "/source.eml").status()).isEqualTo(404);
  }

  @Test
  void aLetterThatTestModeCaughtIsForWhoManagesPeopleAlone() {
    testMode("{\"mode\": \"catch_all\"}");
    try {
      invite(Browser.signedIn(postroom), "wim@acme.example", "SALES");
      var caught =
          eventually(
              () -> json(postroom.get("/api/v1/local_messages")).get("data"),
              mails -> mails.toString().contains("wim@acme.example"));
      String id = caught.get(0).get("id").asString();
      var key =
          json(
              postroom.post(
                  "/api/v1/api_keys", "{\"name\": \"log\", \"scopes\": [\"messages:read\"]}"));
      var reads =
          java.net.http.HttpRequest.newBuilder(
                  java.net.URI.create(postroom.url() + "/api/v1/local_messages/" + id + "/content"))
              .header("Authorization", "Bearer " + key.get("key").asString())
              .GET();
      assertThat(postroom.send(reads).statusCode()).isEqualTo(403);
      assertThat(postroom.get("/api/v1/local_messages/" + id + "/content").statusCode())
          .isEqualTo(200);
      var released =
          postroom.post("/api/v1/local_messages/" + id + "/release", "{\"to\": \"eve@x.example\"}");
      assertThat(released.statusCode()).as(released.body()).isEqualTo(409);
    } finally {
      testMode("{\"mode\": \"off\"}");
    }
  }

  private static void testMode(String body) {
    var put = postroom.put("/api/v1/test_mode", body);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
  }

  @Test
  void aForgottenPasswordIsReplacedAndTheOldSessionsAreOver() {
    String nina = joined("nina@acme.example", "ACCOUNTING");
    Browser old = signedIn(nina, PASSWORD);
    Browser anybody = new Browser(postroom.url());
    var page = anybody.submit("/forgot-password", "main form", Map.of("email", "no@acme.example"));
    String unknown = page.html().select("main").text().replace("no@acme.example", "");
    page = anybody.submit("/forgot-password", "main form", Map.of("email", nina));
    assertThat(page.html().select("main").text().replace(nina, "")).isEqualTo(unknown);
    String link = linkTo(nina, "/new-password/");
    String other = "another mill behind the hill";
    page = anybody.submit(link, "main form", Map.of("password", other, "again", other));
    assertThat(page.path()).isEqualTo("/sign-in");
    assertThat(old.open("/me").path()).isEqualTo("/sign-in");
    assertThat(signedIn(nina, PASSWORD).open("/me").path()).isEqualTo("/sign-in");
    assertThat(signedIn(nina, other).open("/me").path()).isEqualTo("/me");
  }

  @Test
  void oneChangesOwnNamePasswordAndAddressAndEndsOtherSignIns() {
    String olga = joined("olga@acme.example", "SALES");
    Browser here = signedIn(olga, PASSWORD);
    Browser there = signedIn(olga, PASSWORD);
    var page = here.submit("/me", "form[action=/me/sessions/end-others]", Map.of());
    assertThat(page.html().select(".n-ok").text()).contains("only here");
    assertThat(there.open("/me").path()).isEqualTo("/sign-in");
    page = here.submit("/me", "form[action=/me/name]", Map.of("name", "Olga Moss"));
    assertThat(page.html().select(".side-who").text()).contains("Olga Moss");
    page =
        here.submit(
            "/me",
            "form[action=/me/password]",
            Map.of("present", "wrong", "wanted", PASSWORD + "!", "again", PASSWORD + "!"));
    assertThat(page.html().select("#present-wrong").text()).contains("not your present");
    page =
        here.submit(
            "/me",
            "form[action=/me/address]",
            Map.of("email", "olga.moss@acme.example", "proof", PASSWORD));
    assertThat(page.html().select(".n-ok").text()).contains("olga.moss@acme.example");
    String link = linkTo("olga.moss@acme.example", "/new-address/");
    assertThat(signedIn(olga, PASSWORD).open("/me").path()).as("opened by nobody").isEqualTo("/me");
    new Browser(postroom.url()).submit(link, "main form", Map.of());
    assertThat(signedIn(olga, PASSWORD).open("/me").path()).isEqualTo("/sign-in");
    assertThat(signedIn("olga.moss@acme.example", PASSWORD).open("/me").path()).isEqualTo("/me");
    eventually(() -> textTo(olga, "does not count any more"), text -> !text.isEmpty());
  }

  @Test
  void onePersonWorksInSeveralCompaniesAndSwitches() {
    Browser admin = Browser.signedIn(postroom);
    var page =
        admin.submit("/company/new", "form[action=/company/new]", Map.of("name", "Second Mill"));
    assertThat(page.path()).isEqualTo("/welcome");
    assertThat(page.html().select(".side-who strong").text()).isEqualTo("Second Mill");
    assertThat(admin.open("/people").html().select("main tbody").first().text())
        .as("nobody of the first company is here")
        .doesNotContain("peter@");
    var first = page.html().select("#work-in option").first();
    assertThat(first.text()).isEqualTo("Acme Bakery Supplies");
    page = admin.submit(page, "form[action=/me/company]", Map.of("company", first.attr("value")));
    assertThat(page.html().select(".side-who strong").text()).isEqualTo("Acme Bakery Supplies");
    String stranger = joined("sam@acme.example", "ADMINISTRATOR");
    Browser sam = signedIn(stranger, PASSWORD);
    assertThat(sam.open("/me").html().select("#work-in")).isEmpty();
    String second = page.html().select("#work-in option").last().attr("value");
    page = sam.post("/me/company", Map.of("company", second, "_csrf", token(sam)));
    assertThat(page.status()).as("not a company of theirs").isEqualTo(404);
    assertThat(sam.open("/company/new").status()).isEqualTo(403);
  }

  @Test
  void signingInWithoutTheFormsTokenIsRefusedSoNobodySignsAnotherIn() {
    for (String path :
        List.of("/sign-in", "/forgot-password", "/me/password", "/people/invitations")) {
      Browser browser =
          path.startsWith("/me") ? Browser.signedIn(postroom) : new Browser(postroom.url());
      var reply =
          browser.sendOnly(
              path, Map.of("email", RunningPostroom.ADMIN, "password", RunningPostroom.PASSWORD));
      assertThat(reply.statusCode()).as(path).isEqualTo(403);
      assertThat(reply.headers().allValues("Set-Cookie"))
          .as(path)
          .noneMatch(cookie -> cookie.startsWith("postroom=") && !cookie.startsWith("postroom=;"));
    }
  }

  @Test
  void whoeverGuessesIsLockedOutAndAnAdministratorSeesIt() {
    String ida = joined("ida@acme.example", "SALES");
    for (int i = 0; i < 5; i++) signedIn(ida, "guess number " + i);
    Browser right = signedIn(ida, PASSWORD);
    assertThat(right.open("/me").path()).isEqualTo("/sign-in");
    Browser admin = Browser.signedIn(postroom);
    assertThat(admin.open("/people").html().select("main").text()).contains("Locked out");
    var person = admin.open(personPage(admin, ida));
    var page = admin.submit(person, "form[action$=/unlock]", Map.of());
    assertThat(page.html().select(".n-ok").text()).contains("try again");
    assertThat(signedIn(ida, PASSWORD).open("/me").path()).isEqualTo("/me");
  }

  @Test
  void whoeverIsTakenOutIsOutAndTheirMailboxForgetsItsPassword() {
    String ben = joined("ben@acme.example", "SALES");
    Browser browser = signedIn(ben, PASSWORD);
    Browser admin = Browser.signedIn(postroom);
    String page = personPage(admin, ben);
    String person = page.replaceFirst(".*/", "");
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Ben", "email": "ben@acme.example", "owner": "%s",
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": true,
                      "username": "acme", "password": "secret word"}}
            """
                .formatted(person, server.port()));
    String account = json(made).get("id").asString();
    admin.submit(page + "/remove", "main form", Map.of());
    assertThat(browser.open("/me").path()).isEqualTo("/sign-in");
    var after = json(postroom.get("/api/v1/accounts/" + account));
    assertThat(after.get("active").asBoolean()).isFalse();
    assertThat(after.at("/smtp/has_secret").asBoolean(after.at("/has_secret").asBoolean()))
        .isFalse();
    assertThat(signedIn(ben, PASSWORD).open("/me").path()).isEqualTo("/sign-in");
  }

  @Test
  void everyPageOfTheMenuOpensForWhoeverIsShownIt() {
    for (Role role : List.of(Role.SALES, Role.VIEWER)) {
      String email = joined(role.name().toLowerCase(Locale.ROOT) + "@acme.example", role.name());
      Browser browser = signedIn(email, PASSWORD);
      List<String> shown =
          browser.open("/me").html().select("nav[aria-label=Main] a").eachAttr("href");
      assertThat(shown).as(role.words()).contains("/", "/outbox");
      assertThat(shown.contains("/people")).isEqualTo(role.rights().contains(Right.MANAGE_PEOPLE));
      List<String> closed =
          shown.stream().filter(path -> browser.open(path).status() != 200).toList();
      assertThat(closed).as("shown to " + role.words() + ", and closed").isEmpty();
    }
  }

  @Test
  void whoSellsHasAMailboxAndATemplateOfTheirOwn() {
    String una = joined("una@acme.example", "SALES");
    Browser browser = signedIn(una, PASSWORD);
    var page = browser.open("/accounts/new?kind=smtp");
    assertThat(page.status()).isEqualTo(200);
    page =
        browser.submit(
            page,
            "main form[method=post]",
            Map.of(
                "name", "Una's own",
                "email", una,
                "belongs", "me",
                "active", "on",
                "smtp/auth", "on",
                "smtp/host", "127.0.0.1",
                "smtp/port", String.valueOf(server.port()),
                "smtp/security", "none",
                "smtp/username", "acme",
                "smtp/password", "secret word"));
    assertThat(page.html().select("main").text()).contains("Una's own");
    String other = joined("otto@acme.example", "SALES");
    assertThat(signedIn(other, PASSWORD).open("/accounts").html().text())
        .doesNotContain("Una's own");
    page = browser.open("/templates/new");
    assertThat(page.status()).isEqualTo(200);
  }

  @Test
  void theAuditPageShowsFromWhatToWhatAndNarrowsDown() {
    String kim = joined("kim@acme.example", "SALES");
    Browser admin = Browser.signedIn(postroom);
    String person = personPage(admin, kim);
    admin.submit(person, "form[action$=/role]", Map.of("role", "WAREHOUSE"));
    var page = admin.open("/audit?subject=" + person.replaceFirst(".*/", "") + "&what=person");
    assertThat(page.html().select("main tbody tr").first().text())
        .contains("Person: role changed", "Sales", "Warehouse", "Administrator");
    assertThat(admin.open("/audit?what=person&to=2001-01-01").html().select("main").text())
        .contains("Nothing of that kind");
    assertThat(admin.open("/audit?what=company").html().select("main tbody").text())
        .doesNotContain("Person:");
    assertThat(admin.open("/audit?from=2026-13-45&cursor=").status()).isEqualTo(200);
  }

  @Test
  void zEveryPageOfPeopleIsWellMade(Chromium chromium) {
    String link = linkAgain();
    for (boolean wide : new boolean[] {true, false})
      try (Tab tab = wide ? chromium.desktop() : chromium.phone()) {
        String size = wide ? "-desktop" : "-phone";
        for (String path : List.of("/sign-in", "/forgot-password", link, "/invitation/gone")) {
          tab.open(postroom.url() + path);
          seen(tab, "people" + path.replaceFirst("(/[a-z-]+/)(.{8}).{30,}", "$1") + size);
        }
        tab.signIn(postroom);
        String person = tab.page().url();
        for (String path : List.of("/people", "/me", "/audit", "/company/new")) {
          tab.open(postroom.url() + path);
          seen(tab, "people" + path + size);
        }
        tab.open(postroom.url() + "/people");
        tab.page().locator("main tbody a").first().click();
        tab.page().waitForURL("**/people/usr_*");
        seen(tab, "people-person" + size);
        tab.open(postroom.url() + "/people");
        tab.page().fill("#email", "not an address");
        tab.page()
            .locator("form[action$='/people/invitations']")
            .evaluate("form => form.noValidate = true");
        tab.page().locator("form[action$='/people/invitations'] button").click();
        tab.page().waitForSelector("#email-wrong");
        seen(tab, "people-wrong" + size);
      }
  }

  private static void seen(Tab tab, String name) {
    tab.screenshot(name.replace("/", "-"));
    tab.assertWellMade();
  }

  private static Browser.Page invite(Browser admin, String email, String role) {
    return admin.submit(
        "/people", "form[action=/people/invitations]", Map.of("email", email, "role", role));
  }

  private static String linkAgain() {
    invite(Browser.signedIn(postroom), "zoe@acme.example", "PURCHASING");
    return linkTo("zoe@acme.example", "/invitation/");
  }

  /** Somebody who was invited and accepted; their address. */
  private static String joined(String email, String role) {
    invite(Browser.signedIn(postroom), email, role);
    String name = email.substring(0, 1).toUpperCase(Locale.ROOT) + email.substring(1, 3);
    new Browser(postroom.url())
        .submit(
            linkTo(email, "/invitation/"),
            "main form",
            Map.of("name", name, "password", PASSWORD, "again", PASSWORD));
    return email;
  }

  private static Browser signedIn(String email, String password) {
    var browser = new Browser(postroom.url());
    browser.submit(
        "/sign-in", "form[action$=/sign-in]", Map.of("email", email, "password", password));
    return browser;
  }

  private static String personPage(Browser admin, String email) {
    return admin.open("/people").html().select("main tbody tr").stream()
        .filter(row -> row.text().contains(email))
        .findFirst()
        .orElseThrow()
        .selectFirst("a")
        .attr("href");
  }

  private static String token(Browser browser) {
    return browser.open("/me").html().select("[name=_csrf]").first().attr("value");
  }

  /** The path of the newest link mailed to that address, once the mail has arrived. */
  private static String linkTo(String email, String path) {
    Pattern link = Pattern.compile(path + "[A-Za-z0-9_-]{43}");
    String text = eventually(() -> textTo(email, path), found -> !found.isEmpty());
    Matcher matcher = link.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }

  private static String textTo(String email, String with) {
    return Arrays.stream(server.received().toArray(ScriptedSmtpServer.Received[]::new))
        .filter(mail -> mail.recipients().contains(email))
        .map(mail -> String.valueOf(MailContent.read(mail.content()).text()))
        .filter(text -> text.contains(with))
        .reduce((earlier, later) -> later)
        .orElse("");
  }
}
