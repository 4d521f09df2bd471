package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** The first start by hand, on the running product, without JavaScript. */
@ParameterizedClass
@EnumSource
class SetupTests {
  private static final Map<String, String> MARIA =
      Map.of(
          "name",
          "Maria",
          "email",
          "maria@acme.example",
          "password",
          "correct horse battery",
          "again",
          "correct horse battery");

  @Parameter TestDatabase kind;
  private Map<String, Object> settings;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    settings = new HashMap<>(RunningPostroom.address(kind));
    settings.put("POSTROOM_ADMIN_EMAIL", "");
    postroom = RunningPostroom.start(settings);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void everyPageLeadsToTheSetUpAndTheApiSaysSo() {
    assertThat(new Browser(postroom.url()).open("/company").path()).isEqualTo("/setup");
    assertThat(postroom.get("/api/v1/audit").statusCode()).isEqualTo(503);
    assertThat(RunningPostroom.json(postroom.get("/api/v1/audit")).get("code").asString())
        .isEqualTo("not_set_up");
    assertThat(postroom.get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void aStrangerWithoutTheCodeGetsNowhere() {
    var browser = new Browser(postroom.url());
    var page = browser.submit("/setup", "form", Map.of("code", "AAAA-BBBB-CCCC"));
    assertThat(page.html().select("#code-wrong").text()).contains("not the code");
    page = browser.submit(page, "form", MARIA);
    assertThat(page.html().select("[name=password]")).isEmpty();
    for (int i = 0; i < 20; i++) page = browser.submit(page, "form", Map.of("code", "guess" + i));
    assertThat(page.html().text()).contains("Too many wrong codes");
    page = browser.submit(page, "form", Map.of("code", code()));
    assertThat(page.html().text()).contains("Too many wrong codes");
  }

  @Test
  void theWizardKeepsWhatWasTypedAndEndsSignedIn() {
    var browser = new Browser(postroom.url());
    var page =
        browser.submit("/setup", "form", Map.of("code", code().toLowerCase(java.util.Locale.ROOT)));
    page =
        browser.submit(
            page,
            "form",
            Map.of("name", "Maria", "email", "nope", "password", "short", "again", "short"));
    assertThat(page.html().select(".invalid-feedback").eachText()).hasSize(2);
    assertThat(page.html().select("#name").attr("value")).isEqualTo("Maria");
    page = browser.submit(page, "form", MARIA);
    page = browser.submit(page, "form", Map.of("name", ""));
    assertThat(page.html().select("#name-wrong").text()).isNotEmpty();
    page = browser.submit(page, "form", Map.of("name", "Acme", "currency", "EUR"));
    assertThat(page.path()).isEqualTo("/welcome");
    assertThat(page.html().select(".side-who").text()).contains("Acme", "Maria");
    assertThat(postroom.bean(Access.class).companies())
        .singleElement()
        .satisfies(company -> assertThat(company.currency()).isEqualTo("EUR"));
    assertThat(browser.open("/setup").status()).isEqualTo(404);
  }

  @Test
  void ofTwoAtTheLastStepExactlyOneMakesTheCompany() throws Exception {
    List<Callable<Browser.Page>> last = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      var browser = new Browser(postroom.url());
      String mail = "person" + i + "@acme.example";
      browser.submit("/setup", "form", Map.of("code", code()));
      Map<String, String> person = new HashMap<>(MARIA);
      person.put("email", mail);
      var company = browser.submit("/setup", "form", person);
      last.add(() -> browser.submit(company, "form", Map.of("name", "Of " + mail)));
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var page : threads.invokeAll(last)) statuses.add(page.get().status());
    }
    assertThat(statuses).containsExactlyInAnyOrder(200, 404, 404, 404);
    Access access = postroom.bean(Access.class);
    assertThat(access.companies()).hasSize(1);
    assertThat(access.people(access.companies().getFirst().id())).hasSize(1);
  }

  @Test
  void anyNodeTakesAnyStepOfTheWizard() {
    Assumptions.assumeTrue(kind == TestDatabase.POSTGRESQL, "an embedded database has one node");
    try (RunningPostroom other = RunningPostroom.start(settings)) {
      assertThat(other.bean(Installation.class).code()).isEqualTo(code());
      var here = new Browser(postroom.url());
      Browser there = here.at(other.url());
      here.submit("/setup", "form", Map.of("code", code()));
      there.submit("/setup", "form", MARIA);
      assertThat(here.cookie("postroom-setup")).isNotEmpty().doesNotContain("maria");
      var page = here.submit("/setup", "form", Map.of("name", "Acme", "currency", "EUR"));
      assertThat(page.path()).isEqualTo("/welcome");
      assertThat(here.cookie("postroom-setup")).isEmpty();
      assertThat(there.open("/setup").status()).isEqualTo(404);
      assertThat(there.open("/").html().select(".side-who").text()).contains("Acme", "Maria");
    }
  }

  private String code() {
    return postroom.bean(Installation.class).code();
  }
}
