package org.postroom.openid;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.Browser;
import org.postroom.testkit.OpenIdServer;
import org.postroom.testkit.OpenIdServer.Signing;
import org.postroom.testkit.RunningPostroom;

/** Signing in at a provider, on the running product. */
class OpenIdTests {
  private static final String START = "/sign-in/openid";
  private static OpenIdServer provider;
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    provider = new OpenIdServer();
    postroom =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_OPENID_ISSUER",
                provider.issuer(),
                "POSTROOM_OPENID_CLIENT_ID",
                OpenIdServer.CLIENT,
                "POSTROOM_OPENID_CLIENT_SECRET",
                OpenIdServer.SECRET,
                "POSTROOM_OPENID_NAME",
                "Acme"));
  }

  @AfterAll
  static void stop() {
    postroom.close();
    provider.close();
  }

  @BeforeEach
  void theAdministratorIsThere() {
    provider.is("s-admin", RunningPostroom.ADMIN, true);
  }

  @Test
  void theButtonLeadsToTheProviderAndBackToThePageThatWasAskedFor() {
    Browser browser = new Browser(postroom.url());
    var page = browser.open("/people?x=1");
    assertThat(page.html().select("main").text()).contains("Sign in with Acme");
    page = browser.open(page.html().select("a[href=" + START + "]").attr("href"));
    assertThat(page.path()).isEqualTo("/people");
    assertThat(page.html().select(".side-who").text()).contains("Administrator");
    assertThat(browser.open("/me").html().select("main").text()).contains("with your provider");
  }

  @Test
  void whoeverIsInvitedComesInWithoutAPasswordAndStrangersDoNot() {
    provider.is("s-vera", "vera@acme.example", true);
    assertThat(in(new Browser(postroom.url()))).isFalse();
    invite("vera@acme.example");
    provider.is("s-vera", "vera@acme.example", false);
    assertThat(in(new Browser(postroom.url())))
        .as("anybody can claim an address that nobody verified")
        .isFalse();
    provider.is("s-vera", "VERA@acme.example", true);
    Browser vera = new Browser(postroom.url());
    assertThat(in(vera)).isTrue();
    var page = vera.open("/me").html();
    assertThat(page.select(".side-who").text()).contains("Name of VERA@acme.example");
    assertThat(page.select("main").text()).contains("have no password here");
    provider.is("s-vera", "vera.moss@elsewhere.example", true);
    assertThat(in(new Browser(postroom.url()))).as("the subject stays the same").isTrue();
    provider.is("s-other", "vera@acme.example", true);
    assertThat(in(new Browser(postroom.url())))
        .as("an address given to somebody new is not the old one's sign-in")
        .isFalse();
  }

  @Test
  void anAnswerIsGoodForOneBrowserAndOnce() {
    Browser mine = new Browser(postroom.url());
    Browser victim = new Browser(postroom.url());
    String[] answer = new String[1];
    provider.answering(back -> {
      answer[0] =
          "?code=" + back.get("code") + "&state=" + back.get("state") + "&iss=" + provider.issuer();
      back.put("code", "");
    });
    assertThat(in(mine)).isFalse();
    provider.answering(back -> {});
    var page = victim.open(START + "/callback" + answer[0]);
    assertThat(page.path()).isEqualTo("/sign-in");
    assertThat(page.html().select("#refused").text()).contains("could not be used");
    page = mine.open(START + "/callback" + answer[0]);
    assertThat(page.html().select("#refused").text())
        .as("its cookie is gone with the first answer")
        .contains("could not be used");
    assertThat(victim.open("/me").path()).isEqualTo("/sign-in");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROPERLY")
  void onlyTheProvidersSignatureCounts(Signing signing) {
    provider.signing(signing);
    assertThat(in(new Browser(postroom.url()))).isFalse();
  }

  @Test
  void everyClaimIsChecked() {
    Instant now = Instant.now();
    for (var wrong :
        List.<Map<String, Object>>of(
            Map.of("iss", "https://elsewhere.example"),
            Map.of("aud", "another-program"),
            Map.of("aud", List.of(OpenIdServer.CLIENT, "another-program")),
            Map.of("azp", "another-program"),
            Map.of("nonce", "of another sign-in"),
            Map.of("exp", Date.from(now.minusSeconds(300))),
            Map.of("iat", Date.from(now.plusSeconds(600))),
            Map.of("iat", Date.from(now.minusSeconds(3600))),
            Map.of("sub", ""))) {
      theAdministratorIsThere();
      provider.claiming(all -> all.putAll(wrong));
      assertThat(in(new Browser(postroom.url()))).as(wrong.toString()).isFalse();
    }
    for (String missing : List.of("iss", "aud", "nonce", "exp", "iat", "sub")) {
      theAdministratorIsThere();
      provider.claiming(all -> all.remove(missing));
      assertThat(in(new Browser(postroom.url()))).as("without " + missing).isFalse();
    }
    theAdministratorIsThere();
    assertThat(in(new Browser(postroom.url()))).isTrue();
  }

  @Test
  void stateAndTheProvidersNameAreChecked() {
    provider.answering(back -> back.put("state", "another"));
    assertThat(in(new Browser(postroom.url()))).isFalse();
    provider.answering(back -> back.put("iss", "https://elsewhere.example"));
    assertThat(in(new Browser(postroom.url()))).isFalse();
    provider.answering(back -> back.remove("iss"));
    assertThat(in(new Browser(postroom.url()))).as("it says that it names itself").isFalse();
    provider.answering(back -> {
      back.remove("code");
      back.put("error", "access_denied");
    });
    assertThat(new Browser(postroom.url()).open(START).html().select("#refused").text())
        .contains("did not let you in");
  }

  @Test
  void signingInGivesANewSessionAndEndsTheOneBefore() {
    Browser browser = Browser.signedIn(postroom);
    String before = browser.cookie("postroom");
    assertThat(in(browser)).isTrue();
    String after = browser.cookie("postroom");
    assertThat(after).isNotEqualTo(before);
    assertThat(
            postroom
                .send(
                    java.net.http.HttpRequest.newBuilder(
                            java.net.URI.create(postroom.url() + "/me"))
                        .header("Cookie", "postroom=" + before)
                        .GET())
                .statusCode())
        .isEqualTo(302);
  }

  @Test
  void aNewKeyOfTheProviderIsLookedForButNotAgainAndAgain() {
    var now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    try (var web = new Web(Trust.ofSystem());
        var changing = new OpenIdServer()) {
      var asked = new Provider(web, now::get, changing.issuer(), OpenIdServer.CLIENT, null);
      assertThat(asked.key("first", "RSA")).isNotNull();
      changing.changeKey();
      for (int i = 0; i < 5; i++) assertThat(asked.key("second", "RSA")).isNull();
      assertThat(changing.keysAsked()).isEqualTo(1);
      now.set(now.get().plusSeconds(60));
      assertThat(asked.key("second", "RSA")).isNotNull();
      assertThat(asked.key("second", "EC")).as("of another type").isNull();
      assertThat(changing.keysAsked()).isEqualTo(2);
    }
  }

  @Test
  void anotherProgramThatKnowsTheProtocolAgreesWithUs() throws Exception {
    var other = new MockOAuth2Server(new OAuth2Config(true));
    other.start(InetAddress.getByName("127.0.0.1"), 0);
    try (var only =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_OPENID_ISSUER", other.issuerUrl("acme").toString(),
                "POSTROOM_OPENID_CLIENT_ID", "postroom",
                "POSTROOM_OPENID_CLIENT_SECRET", "secret",
                "POSTROOM_OPENID_ONLY", "yes"))) {
      Browser browser = new Browser(only.url());
      var page = browser.open(START);
      assertThat(page.path()).isEqualTo("/acme/authorize");
      String at = page.response().uri().toString();
      String claims = "{\"email\": \"" + RunningPostroom.ADMIN + "\", \"email_verified\": true}";
      page = browser.at("").post(at, Map.of("username", "the-administrator", "claims", claims));
      assertThat(page.html().select(".side-who").text()).contains("Administrator");
      Browser stubborn = new Browser(only.url());
      page = stubborn.open("/sign-in");
      assertThat(page.html().select("#password")).as("passwords are off").isEmpty();
      String token = page.html().select("meta[name=csrf-token]").attr("content");
      stubborn.post(
          "/sign-in",
          Map.of(
              "email", RunningPostroom.ADMIN,
              "password", RunningPostroom.PASSWORD,
              "_csrf", token));
      assertThat(stubborn.open("/me").path()).isEqualTo("/sign-in");
    } finally {
      other.shutdown();
    }
  }

  private static boolean in(Browser browser) {
    browser.open(START);
    return browser.open("/me").path().equals("/me");
  }

  private static void invite(String email) {
    Browser.signedIn(postroom)
        .submit(
            "/people", "form[action=/people/invitations]", Map.of("email", email, "role", "SALES"));
  }
}
