package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;

/** Who gets in where, on the running product. */
class SecurityTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void pagesAskToSignInAndThenComeBack() {
    var browser = new Browser(postroom.url());
    var page = browser.open("/api-keys");
    assertThat(page.path()).isEqualTo("/sign-in");
    page =
        browser.submit(
            page,
            "form",
            Map.of("email", RunningPostroom.ADMIN, "password", RunningPostroom.PASSWORD));
    assertThat(page.path()).isEqualTo("/api-keys");
    page = browser.submit(page, "form[action=/sign-out]", Map.of());
    assertThat(page.path()).isEqualTo("/sign-in");
    assertThat(browser.open("/api-keys").path()).isEqualTo("/sign-in");
  }

  @Test
  void signingInWithAWrongPasswordSaysOneSentence() {
    var browser = new Browser(postroom.url());
    var page =
        browser.submit(
            "/sign-in", "form", Map.of("email", "someone@acme.example", "password", "x"));
    assertThat(page.html().select("#refused").text())
        .isEqualTo("Email address or password is not right.");
  }

  @Test
  void theSessionGetsANewNameBySigningIn() {
    var browser = new Browser(postroom.url());
    String first = signInCookie(browser);
    String second = signInCookie(browser);
    assertThat(first)
        .contains("HttpOnly", "SameSite=Lax")
        .as("the name and password of the cookie are not the next one's")
        .isNotEqualTo(second);
    assertThat(statusWith(second)).isEqualTo(200);
    assertThat(statusWith(first)).as("the old name leads back to signing in").isEqualTo(302);
  }

  @Test
  void onlyTheHashOfASessionsNameIsKept() {
    String cookie = value(signInCookie(new Browser(postroom.url())));
    String company = cookie.substring(0, cookie.indexOf('.'));
    String id = cookie.substring(cookie.indexOf('.') + 1);
    List<String> kept =
        postroom
            .bean(Database.class)
            .read(sql ->
                sql.sql("SELECT id_hash FROM sessions WHERE company_id = :company")
                    .param("company", company)
                    .query(String.class)
                    .list());
    assertThat(kept).isNotEmpty().doesNotContain(id);
    assertThat(statusWith("postroom=" + company + "." + kept.getFirst())).isEqualTo(302);
  }

  @Test
  void aFormFromElsewhereIsRefused() {
    Browser browser = Browser.signedIn(postroom);
    var page = browser.post("/company", Map.of("name", "Taken over"));
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.html().select("h1").text()).isEqualTo("You may not do this");
  }

  @Test
  void pagesHaveAStrictPolicyAndNoInlineScriptOrStyle() {
    Browser browser = Browser.signedIn(postroom);
    for (String path :
        List.of(
            "/company",
            "/api-keys",
            "/welcome",
            "/developers",
            "/problems/invalid",
            "/nothing-here")) {
      var page = browser.open(path);
      assertThat(page.response().headers().firstValue("Content-Security-Policy"))
          .as(path)
          .hasValueSatisfying(policy ->
              assertThat(policy)
                  .startsWith("default-src 'none'; script-src 'self'")
                  .doesNotContain("unsafe"));
      assertThat(page.html().select("script:not([src]), style, [style], [onclick], [onload]"))
          .as(path)
          .isEmpty();
      assertThat(page.html().select("h1")).as(path).hasSize(1);
      assertThat(page.html().select("main#main")).as(path).hasSize(1);
      for (var asset : page.html().select("link[rel=stylesheet], script[src]"))
        assertThat(
                browser
                    .open(asset.hasAttr("src") ? asset.attr("src") : asset.attr("href"))
                    .status())
            .isEqualTo(200);
    }
  }

  @Test
  void staticFilesAreKeptForAYearUnderANameThatChangesWithThem() {
    var css =
        new Browser(postroom.url())
            .open("/sign-in")
            .html()
            .select("link[href*=/app-]")
            .attr("href");
    var reply = postroom.get(css);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(cache -> assertThat(cache).contains("max-age=31536000"));
  }

  @Test
  void aKeyMayOnlyWhatItsScopesSay() {
    var made =
        RunningPostroom.json(
            postroom.post(
                "/api/v1/api_keys", "{\"name\":\"narrow\",\"scopes\":[\"messages:read\"]}"));
    var refused = get("/api/v1/api_keys", made.get("key").asString());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(RunningPostroom.json(refused).get("detail").asString())
        .contains("right to manage keys");
    postroom.send(postroom.request("/api/v1/api_keys/" + made.get("id").asString()).DELETE());
    assertThat(get("/api/v1/api_keys", made.get("key").asString()).statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionIsNoKeyAndAKeyIsNoSession() {
    Browser browser = Browser.signedIn(postroom);
    assertThat(browser.open("/api/v1/api_keys").status()).isEqualTo(401);
    assertThat(postroom.get("/company").statusCode()).isEqualTo(302);
  }

  @Test
  void aRepeatedPostWithAnIdempotencyKeyMakesOneThing() {
    String body = "{\"name\":\"once\",\"scopes\":[\"messages:read\"]}";
    var first = postroom.send(once(body));
    var second = postroom.send(once(body));
    assertThat(second.statusCode()).isEqualTo(201);
    String key = RunningPostroom.json(first).get("key").asString();
    assertThat(second.body()).isEqualTo(first.body().replace("\"" + key + "\"", "null"));
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(postroom.send(once(body.replace("once", "other"))).statusCode()).isEqualTo(422);
    assertThat(postroom.get("/api/v1/api_keys?limit=200").body()).containsOnlyOnce("\"once\"");
  }

  @Test
  void theKeyIsShownOnceOnThePage() {
    Browser browser = Browser.signedIn(postroom);
    var page =
        browser.submit(
            "/api-keys",
            "form[action=/api-keys]",
            Map.of("name", "Shown once", "scopes", "messages:read"));
    String key = page.html().select("#key-text").text();
    assertThat(key).startsWith("pr_live_");
    assertThat(get("/api/v1/audit", key).statusCode()).isEqualTo(403);
    assertThat(browser.open("/api-keys").html().html()).contains("Shown once").doesNotContain(key);
  }

  @Test
  void theCompanyPageKeepsErrorsBesideTheirFields() {
    Browser browser = Browser.signedIn(postroom);
    var page =
        browser.submit(
            "/company",
            "form[action=/company]",
            Map.of("iban", "DE00 1234", "colour", "#ffff00", "phone", "+1 555"));
    assertThat(page.html().select("#iban-wrong").text()).contains("check digits");
    assertThat(page.html().select("#colour-wrong").text()).contains("hard to read");
    assertThat(page.html().select("#phone").attr("value")).isEqualTo("+1 555");
    page =
        browser.submit(
            page,
            "form[action=/company]",
            Map.of("iban", "DE89 3704 0044 0532 0130 00", "colour", "#1f5fbf"));
    assertThat(page.html().select(".n-ok").text()).contains("Saved");
    assertThat(page.html().select("#iban").attr("value")).isEqualTo("DE89370400440532013000");
  }

  @Test
  void metricsAreForThisMachineAndForKeys() {
    assertThat(get("/metrics", null).body()).contains("jvm_memory_used_bytes");
    var passedOn =
        postroom.send(
            HttpRequest.newBuilder(URI.create(postroom.url() + "/metrics"))
                .header("X-Forwarded-For", "192.0.2.1")
                .GET());
    assertThat(passedOn.statusCode()).isEqualTo(401);
    assertThat(
            postroom
                .send(postroom.request("/metrics").header("X-Forwarded-For", "192.0.2.1").GET())
                .statusCode())
        .isEqualTo(200);
  }

  private static HttpRequest.Builder once(String body) {
    return postroom
        .request("/api/v1/api_keys")
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "once/1")
        .POST(BodyPublishers.ofString(body));
  }

  private static java.net.http.HttpResponse<String> get(
      String path, @org.jspecify.annotations.Nullable String key) {
    var request = HttpRequest.newBuilder(URI.create(postroom.url() + path)).GET();
    if (key != null) request.header("Authorization", "Bearer " + key);
    return postroom.send(request);
  }

  /** Signs in where the browser stands, and gives the header that set the cookie. */
  private static String signInCookie(Browser browser) {
    var page = browser.open("/sign-in");
    var reply =
        browser.sendOnly(
            "/sign-in",
            Map.of(
                "_csrf", page.html().select("[name=_csrf]").attr("value"),
                "email", RunningPostroom.ADMIN,
                "password", RunningPostroom.PASSWORD));
    assertThat(reply.statusCode()).isEqualTo(302);
    return reply.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("postroom=") && !value(cookie).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static String value(String cookie) {
    return cookie.replaceAll("^postroom=([^;]*).*", "$1");
  }

  private static int statusWith(String cookie) {
    return postroom
        .send(
            HttpRequest.newBuilder(URI.create(postroom.url() + "/company"))
                .header("Cookie", "postroom=" + value(cookie))
                .GET())
        .statusCode();
  }
}
