package org.postroom.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** Secrets are planted wherever there may be some; the bundle must not hold one. */
@ParameterizedClass
@EnumSource
class SupportBundleTests {
  @Parameter TestDatabase kind;
  @TempDir Path home;

  @Test
  void helpsAndGivesNothingAway() throws IOException {
    Map<String, Object> settings = new HashMap<>(RunningPostroom.address(kind));
    settings.put("POSTROOM_HOME", home.toString());
    settings.put("POSTROOM_GOOGLE_CLIENT_SECRET", "planted-google-0815");
    settings.put("POSTROOM_BACKUP_PASSPHRASE", "planted pass phrase");
    try (var postroom = RunningPostroom.start(settings)) {
      plant(postroom);
      Map<String, String> environment = new HashMap<>();
      settings.forEach((name, value) -> environment.put(name, value.toString()));
      environment.put("POSTROOM_API_KEY", RunningPostroom.API_KEY);
      environment.put("POSTROOM_ADMIN_EMAIL", RunningPostroom.ADMIN);
      environment.put("POSTROOM_ADMIN_PASSWORD", RunningPostroom.PASSWORD);
      environment.put(
          "POSTROOM_HTTP_PORT", postroom.url().substring(postroom.url().lastIndexOf(':') + 1));
      Path bundle = home.resolve("bundle.zip");
      List<String> inside = new SupportBundle(environment).write(bundle, List.of(log()));
      Map<String, String> files = unzip(bundle);
      assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(inside);
      helps(files);
      givesNothingAway(String.join("\n", files.values()));
      assertThatThrownBy(() -> new SupportBundle(environment).write(bundle, List.of()))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(bundle).exists();
    }
  }

  private static void plant(RunningPostroom postroom) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Planted", "email": "planted@acme.example",
             "smtp": {"host": "127.0.0.1", "port": 9, "security": "none", "auth": true,
                      "username": "planted@acme.example", "password": "planted-smtp-4711"}}
            """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id =
        json(postroom.post(
                "/api/v1/messages",
                """
                {"to": ["planted.person@contoso.example"], "subject": "planted subject", "text": "planted words"}
                """))
            .get("id")
            .stringValue();
    Eventually.eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)).get("state").stringValue(),
        "sent"::equals);
  }

  private Path log() throws IOException {
    return Files.writeString(
        home.resolve("postroom.log"),
        """
        INFO ready
        WARN sign-in of planted.person@contoso.example failed: password=planted-in-log-1
        DEBUG C: AUTH PLAIN cGxhbnRlZC1pbi1sb2ctMg==
        DEBUG Authorization: Bearer planted-in-log-3.eyJhbGciOi
        DEBUG {"refresh_token": "planted-in-log-4", "client_secret":"planted-in-log-5"}
        DEBUG https://user:planted-in-log-6@gateway.example/pay/plantedlink0123456789
        DEBUG key pr_live_plantedabcdef and v1:0123456789ab:planted_wrap:planted_content
        DEBUG the setting planted-google-0815 in passing
        """);
  }

  private void helps(Map<String, String> files) {
    assertThat(files.get("about.json")).contains("\"java\"", "\"time\"");
    assertThat(files.get("settings.json"))
        .contains("\"POSTROOM_GOOGLE_CLIENT_SECRET\" : \"set, not shown\"", home.toString());
    assertThat(files.get("doctor.json")).contains("public_url.missing");
    assertThat(files.get("database.json"))
        .contains(kind.name(), "\"messages\" : 1", "\"kind\" : \"SMTP\"", "\"outcome\"");
    assertThat(files.get("metrics.txt")).contains("postroom_messages_settled_total");
    assertThat(files.get("readyz.txt")).contains("\"database\":\"ok\"");
    String log = files.get("logs/7-postroom.log");
    assertThat(log)
        .contains("INFO ready", "****@contoso.example", "AUTH PLAIN ****")
        .hasLineCount(8);
  }

  private void givesNothingAway(String all) throws IOException {
    assertThat(all)
        .doesNotContainIgnoringCase(
            "planted-",
            "planted p",
            "planted s",
            "planted w",
            "planted.",
            "planted_",
            "plantedlink",
            "plantedabc",
            "cGxhbnRlZC")
        .doesNotContain(RunningPostroom.API_KEY, RunningPostroom.PASSWORD, RunningPostroom.ADMIN);
    Path key = home.resolve("secret.key");
    for (String line : Files.readAllLines(key)) assertThat(all).doesNotContain(line);
    if (kind == TestDatabase.POSTGRESQL) assertThat(all).doesNotContain("postgres:postgres");
    assertThat(all)
        .doesNotContain(
            Base64.getEncoder()
                .encodeToString("planted-smtp-4711".getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, String> unzip(Path file) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList())
        files.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
    }
    return files;
  }
}
