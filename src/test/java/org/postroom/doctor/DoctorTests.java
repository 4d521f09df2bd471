package org.postroom.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.access.Administrators;
import org.postroom.access.NewPerson;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.SilentPort;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TestDatabase;

/** One thing is wrong at a time, and exactly that is found. */
class DoctorTests {
  private static final String PROBLEM = "problem";
  private static final String WARNING = "warning";
  @TempDir static Path healthy;
  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();
  private InstantSource clock = InstantSource.system();

  /** Set up, with a way out for mail, a key and a backup. */
  @BeforeAll
  static void setUp() throws IOException {
    try (Database database = Databases.embedded(healthy, null)) {
      prepare(database);
      var secrets =
          new Secrets(new org.postroom.db.Settings(Map.of("POSTROOM_HOME", "" + healthy)));
      String sealed = secrets.seal(Secrets.place("accounts", "co_1", "acc_1", "secret"), "sesame");
      database.run(sql -> sql.sql("UPDATE accounts SET secret = :s").param("s", sealed).update());
    }
    Files.createDirectories(healthy.resolve("backups"));
    Files.writeString(healthy.resolve("backups").resolve("one.backup"), "as if");
  }

  private static void prepare(Database database) {
    new Administrators(
            database,
            (company, admin) ->
                org.postroom.accounts.StartingMailbox.make(
                    database, company.id(), new org.postroom.mail.Address(null, admin.email())))
        .add(NewPerson.of("Anna", "anna@acme.example", "a long enough password"), "Acme");
    database.run(sql -> sql.sql("UPDATE accounts SET kind = 'SMTP'").update());
  }

  @BeforeEach
  void begin() throws IOException {
    try (var files = Files.walk(healthy)) {
      for (Path from : files.filter(Files::isRegularFile).toList()) {
        Path to = home.resolve(healthy.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    environment.put("POSTROOM_HOME", home.toString());
    environment.put("POSTROOM_HTTP_PORT", "" + FreePort.next());
    environment.put("POSTROOM_PUBLIC_URL", "https://post.acme.example");
  }

  @Test
  void aHealthyInstallationHasNothingWrong() {
    assertThat(wrong()).isEmpty();
    assertThat(new Doctor(environment, clock).examine()).hasSizeGreaterThan(8);
  }

  @Test
  void aMisspeltSetting() {
    environment.put("POSTROOM_HTTP_PROT", "80");
    only(WARNING, "settings.unknown", "POSTROOM_HTTP_PROT", "Did you mean “POSTROOM_HTTP_PORT”?");
  }

  @Test
  void aFileOfASettingThatIsMissing() {
    environment.put("POSTROOM_API_KEY_FILE", home.resolve("nowhere").toString());
    only(PROBLEM, "settings.file", "POSTROOM_API_KEY_FILE", "is not there");
  }

  @Test
  void valuesThatSayNothing() {
    environment.put("POSTROOM_PRIVATE_NETWORKS", "true");
    only(WARNING, "settings.value", "“true” is as good as no");
    environment.remove("POSTROOM_PRIVATE_NETWORKS");
    environment.put("POSTROOM_HTTP_PORT", "eighty");
    only(PROBLEM, "settings.value", "must be a port");
    environment.put("POSTROOM_HTTP_PORT", "8025");
    environment.put("POSTROOM_DATABASE_URL", "mysql://root:sesame@db/x");
    only(PROBLEM, "settings.value", "POSTROOM_DATABASE_URL");
  }

  @Test
  void aDataFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "x");
    environment.put("POSTROOM_HOME", file.resolve("data").toString());
    only(PROBLEM, "home.not_writable", "is no folder");
  }

  @Test
  void aDiskThatIsNearlyFull() throws Exception {
    Path small = Files.createDirectory(home.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()),
        "this machine lets nobody mount a small disk");
    try {
      Files.copy(home.resolve("postroom.db"), small.resolve("postroom.db"));
      Files.copy(home.resolve("secret.key"), small.resolve("secret.key"));
      environment.put("POSTROOM_HOME", small.toString());
      assertThat(wrong()).containsKeys("home.full", "backup.old").hasSize(2);
      assertThat(wrong().get("home.full").what()).contains("MB left");
    } finally {
      run("umount", small.toString());
    }
  }

  @Test
  void aKeyThatIsNone() {
    environment.put("POSTROOM_SECRET_KEY", "c2hvcnQ=");
    assertThat(wrong()).containsKey("key.form");
    assertThat(wrong().get("key.form").what()).contains("has 5 bytes");
  }

  @Test
  void aKeyThatDoesNotOpenWhatIsSealed() {
    byte[] other = new byte[32];
    environment.put("POSTROOM_SECRET_KEY", Base64.getEncoder().encodeToString(other));
    only(PROBLEM, "key.other", "sealed with key");
  }

  @Test
  void aKeyThatOthersMayRead() throws IOException {
    Files.setPosixFilePermissions(
        home.resolve("secret.key"), PosixFilePermissions.fromString("rw-r--r--"));
    only(WARNING, "key.readable", "chmod 600");
  }

  @Test
  void aDatabaseThatDoesNotAnswerWhoseIsDamagedOrNewer() throws IOException {
    environment.put(
        "POSTROOM_DATABASE_URL", "postgresql://p:sesame@127.0.0.1:" + FreePort.next() + "/x");
    only(PROBLEM, "database.away", "refused");
    environment.remove("POSTROOM_DATABASE_URL");
    try (Database database = Databases.embedded(home, null)) {
      database.run(sql ->
          sql.sql(
                  "UPDATE flyway_schema_history SET version = '9999' WHERE installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)")
              .update());
    }
    only(PROBLEM, "database.version", "version 9999");
    Files.writeString(home.resolve("postroom.db"), "This is no database. ".repeat(500));
    only(PROBLEM, "database.away", "");
  }

  @Test
  void clocksThatDisagreeAndAServerThatForgets() {
    environment.put("POSTROOM_DATABASE_URL", TestDatabase.migratedPostgresUrl());
    try (Database database = Databases.existing(new org.postroom.db.Settings(environment))) {
      prepare(database);
    }
    only(PROBLEM, "database.durability", "fsync off"); // as the servers of tests are
    clock = () -> Instant.now().plus(Duration.ofMinutes(3));
    assertThat(wrong()).containsKeys("database.durability", "clock.off").hasSize(2);
  }

  @Test
  void aPortThatSomebodyElseHas() throws IOException {
    try (var taken = new ServerSocket(0)) {
      environment.put("POSTROOM_HTTP_PORT", "" + taken.getLocalPort());
      // It takes connections and never says a word.
      only(PROBLEM, "http.port", "taken by another program");
    }
  }

  @Test
  void anAddressThatCustomersCannotOpen() {
    environment.put("POSTROOM_PUBLIC_URL", "http://localhost:8025");
    only(WARNING, "public_url.local", "only this machine");
    environment.put("POSTROOM_PUBLIC_URL", "http://post.acme.example");
    only(WARNING, "public_url.plain", "not private");
    environment.remove("POSTROOM_PUBLIC_URL");
    only(WARNING, "public_url.missing", "lead to localhost");
  }

  @Test
  void certificatesForSmtpThatAreOfNoUse() throws IOException {
    certificate(TestCertificates.expired());
    only(PROBLEM, "ingress.certificate_ended", "ended at");
    certificate(TestCertificates.forLocalhost());
    assertThat(wrong()).isEmpty();
    Path other = Files.createDirectory(home.resolve("other"));
    TestCertificates.forLocalhost().write(other);
    environment.put("POSTROOM_SMTP_INGRESS_CERTIFICATE_KEY", "" + other.resolve("server.key"));
    only(PROBLEM, "ingress.certificate", "is not the key of the certificate");
    environment.remove("POSTROOM_SMTP_INGRESS_CERTIFICATE_KEY");
    only(PROBLEM, "ingress.certificate", "CERTIFICATE_KEY is not set");
  }

  @Test
  void aPortForSmtpThatIsTaken() throws IOException {
    try (var taken = new ServerSocket(0)) {
      environment.put("POSTROOM_SMTP_INGRESS_PORT", "" + taken.getLocalPort());
      only(PROBLEM, "ingress.port", "POSTROOM_SMTP_INGRESS_PORT");
    }
  }

  @Test
  void authoritiesThatAreNoneAndNamesThatNobodyAnswersFor() throws IOException {
    environment.put(
        "POSTROOM_TRUSTED_CERTIFICATES", "" + Files.writeString(home.resolve("ca"), "x"));
    only(PROBLEM, "trust.file", "not a readable PEM file");
    environment.remove("POSTROOM_TRUSTED_CERTIFICATES");
    try (var silent = new SilentPort()) {
      environment.put("POSTROOM_DNS_SERVER", "127.0.0.1:" + silent.port());
      only(PROBLEM, "dns.silent", "no answer");
    }
  }

  @Test
  void workThatWaitsForSomebody() throws IOException {
    try (Database database = Databases.embedded(home, null)) {
      database.run(sql ->
          sql.sql(
                  "UPDATE accounts SET state = 'NEEDS_ADMINISTRATOR', state_reason = 'The password is wrong.'")
              .update());
    }
    only(PROBLEM, "accounts.needs_administrator", "The password is wrong.");
    Files.writeString(home.resolve("environment-id"), "somewhere-else\n");
    try (Database database = Databases.embedded(home, null)) {
      database.run(
          sql -> sql.sql("UPDATE accounts SET state = 'WORKING', kind = 'LOCAL'").update());
      database.run(sql ->
          sql.sql(
                  "INSERT INTO installation_environment (slot, id, changed_at) VALUES (1, 'original', 0)")
              .update());
    }
    assertThat(wrong()).containsKeys("work.muted", "accounts.only_local");
    Files.delete(home.resolve("backups").resolve("one.backup"));
    environment.put("POSTROOM_ADMIN_PASSWORD", "horse battery staple");
    assertThat(wrong()).containsKeys("backup.old", "settings.admin_password");
  }

  @Test
  void peopleWhoWereErasedAndAreThereAgain() throws IOException {
    String print = "A".repeat(43);
    Path list = home.resolve("backups").resolve("erasures.list");
    String line = "e1 2026-11-22T06:10:00Z co_1 era_1 address 1f2e3d4c5b6a %s %s\n";
    Files.writeString(list, line.formatted(print, print));
    only(PROBLEM, "work.erased_again", "names 1 that", "postroom erase-again");
    Files.delete(home.resolve("backups").resolve("one.backup"));
    assertThat(wrong()).as("a list is no backup").containsKey("backup.old");
  }

  private void certificate(TestCertificates certificates) {
    certificates.write(home);
    environment.put("POSTROOM_SMTP_INGRESS_CERTIFICATE", "" + home.resolve("server.pem"));
    environment.put("POSTROOM_SMTP_INGRESS_CERTIFICATE_KEY", "" + home.resolve("server.key"));
  }

  private void only(String result, String id, String... words) {
    Map<String, Found> wrong = wrong();
    assertThat(wrong).containsOnlyKeys(id);
    Found found = wrong.get(id);
    assertThat(found.result().word()).isEqualTo(result);
    assertThat(found.what() + " " + found.advice()).contains(words);
    assertThat(found.advice()).isNotBlank();
    assertThat(wrong.toString()).doesNotContain("sesame");
  }

  private Map<String, Found> wrong() {
    Map<String, Found> wrong = new HashMap<>();
    for (Found each : new Doctor(environment, clock).examine())
      if (each.result() != Found.Result.OK) wrong.put(each.id(), each);
    return wrong;
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
