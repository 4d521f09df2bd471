package org.postroom.domains;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.compose.Composer;
import org.postroom.compose.MessageRequest;
import org.postroom.db.Database;
import org.postroom.mail.Address;
import org.postroom.testkit.DnsServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** From making a key to mail that strangers can verify, byte for byte as the log shows it. */
@ParameterizedClass
@EnumSource
class DkimSigningTests {
  @Parameter TestDatabase database;
  @TempDir Path folder;
  private static DnsServer dns;
  private static ScriptedSmtpServer smtp;
  private static RunningPostroom postroom;
  private static String account;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    dns = DnsServer.start();
    smtp = ScriptedSmtpServer.start(SmtpOffer.plain());
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(database));
    settings.put("POSTROOM_DNS_SERVER", dns.setting());
    postroom = RunningPostroom.start(settings);
    account =
        json(postroom.post(
                "/api/v1/accounts",
                """
                {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true,
                 "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
                """
                    .formatted(smtp.port())))
            .get("id")
            .asString();
  }

  @AfterEach
  void forgetKeys() {
    for (JsonNode key : json(postroom.get("/api/v1/dkim_keys")).get("data")) {
      verb(key, "deactivate");
      postroom.send(delete(key));
    }
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    postroom.close();
    smtp.close();
    dns.close();
  }

  @Test
  void signsFromTheMomentItsRecordIsPublishedAndSwitchedOn() throws Exception {
    JsonNode rsa = create("rsa");
    JsonNode ed25519 = create("ed25519");
    assertThat(lastSent()).doesNotContain("DKIM-Signature");

    HttpResponse<String> early = verb(rsa, "activate");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(json(early).get("code").asString()).isEqualTo("dkim_not_published");
    assertThat(checked("dkim").at("/add/value").asString())
        .isEqualTo(rsa.at("/record/value").asString());

    publish(rsa);
    publish(ed25519);
    assertThat(checked("dkim").get("verdict").asString()).isEqualTo("advice");
    assertThat(json(verb(rsa, "activate")).get("active").asBoolean()).isTrue();
    assertThat(json(verb(ed25519, "activate")).get("active").asBoolean()).isTrue();
    assertThat(checked("dkim").get("verdict").asString()).isEqualTo("ok");

    String signed = lastSent();
    assertThat(signed.split("DKIM-Signature: ", -1)).hasSize(3);
    assertThat(signed)
        .contains("a=rsa-sha256", "a=ed25519-sha256", "d=acme.example")
        .contains("s=" + rsa.get("selector").asString() + ";");
    verified(signed, List.of(rsa, ed25519));

    assertThat(preview()).contains("d=acme.example;");
    assertThat(postroom.send(delete(rsa)).statusCode()).isEqualTo(409);
    verb(rsa, "deactivate");
    verb(ed25519, "deactivate");
    assertThat(lastSent()).doesNotContain("DKIM-Signature");
    assertThat(postroom.send(delete(rsa)).statusCode()).isEqualTo(204);
    assertThat(json(postroom.get("/api/v1/dkim_keys")).get("data")).hasSize(1);
    assertThat(json(postroom.get("/api/v1/audit")).findValuesAsString("what"))
        .contains(
            "dkim_key.created", "dkim_key.activated", "dkim_key.deactivated", "dkim_key.deleted");
  }

  @Test
  void aResentMessageIsSignedAnewAndOnce() throws Exception {
    JsonNode key = create("rsa");
    publish(key);
    verb(key, "activate");
    lastSent();
    int before = smtp.received().size();
    String first = json(postroom.get("/api/v1/messages")).at("/data/0/id").asString();
    HttpResponse<String> again =
        postroom.post("/api/v1/messages/" + first + "/resend", "{\"to\": [\"b@contoso.example\"]}");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    eventually(() -> smtp.received().size(), size -> size == before + 1);
    String second = new String(smtp.received().getLast().content(), ISO_8859_1);
    assertThat(second.split("DKIM-Signature: ", -1)).hasSize(2);
    verified(second, List.of(key));
  }

  @Test
  void thePrivateHalfIsNowhereToBeSeen() {
    JsonNode key = create("rsa");
    String sealed =
        postroom
            .bean(Database.class)
            .read(sql -> sql.sql("SELECT private_key FROM dkim_keys").query(String.class).single());
    assertThat(sealed).startsWith("v1:").doesNotContain("MII");
    String all =
        key
            + postroom.get("/api/v1/dkim_keys").body()
            + postroom.get("/api/v1/audit").body()
            + postroom.get("/api/v1/accounts/" + account + "/domain_records").body();
    assertThat(all).doesNotContain(sealed).doesNotContain("private");
  }

  @Test
  void refusesWhatIsNoDomainOrNoKey() {
    for (String body :
        List.of(
            "{}",
            "{\"domain\": \"acme\"}",
            "{\"domain\": \"a b.example\"}",
            "{\"domain\": \"acme.example\", \"algorithm\": \"md5\"}",
            "{\"domain\": \"acme.example\", \"bits\": 512}"))
      assertThat(postroom.post("/api/v1/dkim_keys", body).statusCode()).as(body).isEqualTo(422);
    assertThat(postroom.post("/api/v1/dkim_keys/dkim_none/activate", "").statusCode())
        .isEqualTo(404);
    for (int i = 0; i < 10; i++) create("ed25519");
    assertThat(postroom.post("/api/v1/dkim_keys", "{\"domain\": \"ACME.example\"}").statusCode())
        .isEqualTo(409);
  }

  private JsonNode create(String algorithm) {
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/dkim_keys",
            "{\"domain\": \"Acme.example\", \"algorithm\": \"" + algorithm + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made);
  }

  private void publish(JsonNode key) {
    dns.txt(key.at("/record/name").asString(), key.at("/record/value").asString());
  }

  private HttpResponse<String> verb(JsonNode key, String verb) {
    return postroom.post("/api/v1/dkim_keys/" + key.get("id").asString() + "/" + verb, "");
  }

  private java.net.http.HttpRequest.Builder delete(JsonNode key) {
    return postroom.request("/api/v1/dkim_keys/" + key.get("id").asString()).DELETE();
  }

  private JsonNode checked(String rule) {
    JsonNode all = json(postroom.get("/api/v1/accounts/" + account + "/domain_records"));
    for (JsonNode check : all.get("checks"))
      if (check.get("rule").asString().equals(rule)) return check;
    throw new AssertionError("No check " + rule + " in " + all);
  }

  /** Sends one message; what the server got is what the log shows. */
  private String lastSent() {
    int before = smtp.received().size();
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            """
            {"subject": "Rechnung für Müller", "text": "Guten Tag,\\n\\n.\\n 5 €  \\n\\n", "to": ["a@contoso.example"]}
            """);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    eventually(() -> smtp.received().size(), size -> size == before + 1);
    byte[] content = smtp.received().getLast().content();
    String path = "/api/v1/messages/" + json(sent).get("id").asString() + "/content";
    assertThat(postroom.bytes(path).body()).isEqualTo(content);
    return new String(content, ISO_8859_1);
  }

  private String preview() {
    String company = postroom.bean(Access.class).companies().getFirst().id();
    var request =
        new MessageRequest(
            null,
            null,
            List.of(Address.of("a@contoso.example")),
            List.of(),
            List.of(),
            "Hello",
            null,
            "Text",
            List.of(),
            null,
            null,
            null,
            null,
            false,
            null);
    return new String(
        postroom.bean(Composer.class).compose(Caller.postroom(company), request).mime(),
        ISO_8859_1);
  }

  private void verified(String mail, List<JsonNode> keys) throws Exception {
    Path script = Path.of("src", "test", "resources", "dkim", "verify.py");
    assumeTrue(
        runs("/usr/bin/python3", "-c", "import dkim, nacl.signing"),
        "python3-dkim and python3-nacl are not on this machine: signatures are not verified.");
    Files.write(folder.resolve("mail.eml"), mail.getBytes(ISO_8859_1));
    var records = new StringBuilder();
    for (JsonNode key : keys)
      records
          .append(key.at("/record/name").asString())
          .append('\t')
          .append(key.at("/record/value").asString())
          .append('\n');
    Files.writeString(folder.resolve("keys.txt"), records);
    Process process =
        new ProcessBuilder("/usr/bin/python3", script.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(said)
        .isEqualTo("mail.eml\t" + String.join(",", keys.stream().map(k -> "pass").toList()));
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
