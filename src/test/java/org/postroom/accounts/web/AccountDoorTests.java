package org.postroom.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.access.Audit;
import org.postroom.access.Right;
import org.postroom.accounts.AccountUsage;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Routes;
import org.postroom.accounts.SignIns;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.environment.Environment;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccountDoorTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BODY =
      """
      {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example",
       "display_name": "Acme Invoices", "reply_to": null, "default": true, "active": true,
       "owner": "company",
       "smtp": {"host": "smtp.acme.example", "port": 587, "security": "starttls", "auth": true,
                "username": "invoices@acme.example", "password": "hunter2"}}\
      """;

  @TempDir java.nio.file.Path home;
  private AnnotationConfigApplicationContext context;
  private MockMvcTester admin;

  @BeforeEach
  void open() {
    var settings = new Settings(Map.of("POSTROOM_HOME", home.toString()));
    context = new AnnotationConfigApplicationContext();
    context.registerBean(Database.class, () -> TestDatabase.SQLITE.open(null));
    AccountUsage usage = (company, account) -> new AccountUsage.Used(3, 17);
    context.registerBean(AccountUsage.class, () -> usage);
    context.registerBean(Secrets.class, () -> new Secrets(settings));
    context.registerBean(Settings.class, () -> settings);
    context.register(Audit.class, Environment.class);
    var scanner = new ClassPathBeanDefinitionScanner(context); // pages need more than doors do
    scanner.addExcludeFilter(
        new RegexPatternTypeFilter(Pattern.compile(".*(Pages?|AccountLines|WhoSendsWhat)")));
    scanner.scan("org.postroom.net", "org.postroom.findings", "org.postroom.accounts");
    context.refresh();
    admin = door(Right.MANAGE_ACCOUNTS);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void anAccountIsMadeReadAndListedWithoutItsPassword() {
    MvcTestResult made = post(BODY);
    assertThat(made).hasStatus(201).headers().hasValue("ETag", "\"1\"");
    JsonNode account = json(made);
    String uri = "/api/v1/accounts/" + account.get("id").stringValue();
    assertThat(made).headers().hasValue("Location", uri);
    JsonNode sent = JSON.readTree(BODY);
    for (String field :
        new String[] {"kind", "name", "email", "display_name", "default", "active", "owner"})
      assertThat(account.get(field)).as(field).isEqualTo(sent.get(field));
    assertThat(account.get("smtp"))
        .isEqualTo(JSON.readTree(BODY.replace("\"hunter2\"", "null")).get("smtp"));
    assertThat(account.get("has_secret").booleanValue()).isTrue();
    assertThat(account.at("/health/state").stringValue()).isEqualTo("working");
    assertThat(account.at("/limits/connections").intValue()).isEqualTo(2);
    assertThat(account.at("/usage/last_minute").intValue()).isEqualTo(3);
    assertThat(account.at("/usage/last_day").intValue()).isEqualTo(17);
    assertThat(json(admin.get().uri(uri).exchange())).isEqualTo(account);
    JsonNode list = json(admin.get().uri("/api/v1/accounts").exchange());
    assertThat(list.get("data")).hasSize(1).first().isEqualTo(account);
    assertThat(list.get("has_more").booleanValue()).isFalse();
    assertThat(list.toString()).doesNotContain("hunter2");
  }

  @Test
  void changesGoByETagAndDeletionsByUse() {
    String uri = "/api/v1/accounts/" + json(post(BODY)).get("id").stringValue();
    assertThat(patch(uri, "\"1\"", "{\"name\": \"Bills\"}"))
        .hasStatus(200)
        .headers()
        .hasValue("ETag", "\"2\"");
    assertThat(patch(uri, "\"1\"", "{\"name\": \"Late\"}")).hasStatus(412);
    assertThat(patch(uri, "\"other\"", "{\"name\": \"Late\"}")).hasStatus(412);
    assertThat(patch(uri, "*", "{\"smtp\": {\"host\": \"evil.example\"}}")).hasStatus(422);
    assertThat(patch(uri, "*", "{\"active\": false}")).hasStatus(409);
    assertThat(admin.delete().uri(uri).exchange()).hasStatus(409);
    JsonNode second = json(post(BODY));
    String secondUri = "/api/v1/accounts/" + second.get("id").stringValue();
    assertThat(json(admin.get().uri(uri).exchange()).get("default").booleanValue()).isFalse();
    assertThat(admin.delete().uri(uri).exchange()).hasStatus(204);
    assertThat(admin.get().uri(uri).exchange()).hasStatus(404);
    assertThat(admin.get().uri(secondUri).exchange()).hasStatus(200);
  }

  @Test
  void inactiveOnesCanBeHidden() {
    post(BODY);
    String off =
        BODY.replace(
            "\"default\": true, \"active\": true", "\"default\": false, \"active\": false");
    JsonNode account = json(post(off));
    assertThat(account.get("has_secret").booleanValue()).isFalse();
    assertThat(account.at("/health/state").stringValue()).isEqualTo("switched_off");
    assertThat(json(admin.get().uri("/api/v1/accounts").exchange()).get("data")).hasSize(2);
    assertThat(json(admin.get().uri("/api/v1/accounts?active=true").exchange()).get("data"))
        .hasSize(1);
  }

  @Test
  void whoMayNotManageAccountsMayOnlyLook() {
    String id = json(post(BODY)).get("id").stringValue();
    MockMvcTester clerk = door(Right.SEND);
    assertThat(clerk.get().uri("/api/v1/accounts/" + id).exchange()).hasStatus(200);
    assertThat(clerk.delete().uri("/api/v1/accounts/" + id).exchange()).hasStatus(403);
    assertThat(
            clerk
                .post()
                .uri("/api/v1/accounts")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}")
                .exchange())
        .hasStatus(403);
    assertThat(put("/api/v1/routes", "{}", clerk)).hasStatus(403);
  }

  @Test
  void routesArePutAsAWhole() {
    String id = json(post(BODY)).get("id").stringValue();
    String body =
        "{\"invoice\": {\"account\": \""
            + id
            + "\", \"template\": \"tpl_1\"}, \"quote\": {\"layout\": \"l\"}}";
    JsonNode routes = json(put("/api/v1/routes", body, admin));
    assertThat(routes.at("/invoice/account").stringValue()).isEqualTo(id);
    assertThat(routes.at("/invoice/layout").isNull()).isTrue();
    assertThat(json(admin.get().uri("/api/v1/routes").exchange())).isEqualTo(routes);
    assertThat(put("/api/v1/routes", routes.toString(), admin)).hasStatus(200);
    assertThat(json(put("/api/v1/routes", "{}", admin))).isEmpty();
    assertThat(put("/api/v1/routes", "{\"invoice\": {\"account\": \"acc_x\"}}", admin))
        .hasStatus(422);
  }

  private MockMvcTester door(Right... rights) {
    return Doors.open(
        Doors.caller("co_1", rights),
        new AccountController(
            context.getBean(Accounts.class),
            context.getBean(AccountUsage.class),
            context.getBean(SignIns.class)),
        new RouteController(context.getBean(Routes.class)));
  }

  private MvcTestResult post(String body) {
    return admin
        .post()
        .uri("/api/v1/accounts")
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private MvcTestResult patch(String uri, String ifMatch, String body) {
    return admin
        .patch()
        .uri(uri)
        .header("If-Match", ifMatch)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private static MvcTestResult put(String uri, String body, MockMvcTester door) {
    return door.put().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
  }

  private static JsonNode json(MvcTestResult result) {
    return JSON.readTree(result.getResponse().getContentAsByteArray());
  }
}
