package org.postroom.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.db.Database;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

/** The commands that ask a running Postroom, against a real one. */
class AskingCommandsTests {
  private static RunningPostroom postroom;
  private static Map<String, String> environment;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    environment =
        Map.of(
            "POSTROOM_HTTP_PORT",
            postroom.url().substring(postroom.url().lastIndexOf(':') + 1),
            "POSTROOM_API_KEY",
            RunningPostroom.API_KEY);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void sendsWhatIsPipedInAndWaitsForTheServersAnswer() throws Exception {
    Path file = Files.writeString(folder.resolve("prices.csv"), "flour;1.20\n");
    Tried sent =
        Tried.piped(
            "Disks are fine.\nGood night.\n",
            environment,
            "send",
            "--to=it@acme.example",
            "--to",
            "Anna <anna@acme.example>",
            "--subject",
            "Disks",
            "--attach",
            file.toString(),
            "--wait",
            "30");
    assertThat(sent.exit()).as(sent.all()).isZero();
    assertThat(sent.out())
        .contains(": sent\n", "Subject: Disks", "it@acme.example (accepted)", "account: ");
    String id = sent.out().substring(0, sent.out().indexOf(':'));
    String content = postroom.get("/api/v1/messages/" + id + "/content").body();
    assertThat(content).contains("Disks are fine.", "filename=\"prices.csv\"", "text/csv");
  }

  @Test
  void theSameKeyAgainSendsNothingTwice() {
    String[] words = {
      "send",
      "--to",
      "a@acme.example",
      "--subject",
      "Once",
      "--text",
      "Once.",
      "--idempotency-key",
      "cron-2026-11-22",
      "--json"
    };
    JsonNode first = Tried.run(environment, words).json();
    assertThat(first.path("id").stringValue()).startsWith("msg_");
    assertThat(Tried.run(environment, words).json().path("id")).isEqualTo(first.path("id"));
  }

  @Test
  void aDryRunSendsNothingAndARefusalSaysWhichField() {
    String[] trial = {"send", "--to", "a@acme.example", "--subject", "Trial", "--text", "x"};
    Tried dry = Tried.run(environment, with(trial, "--dry-run"));
    assertThat(dry.exit()).as(dry.all()).isZero();
    assertThat(dry.out()).contains("Nothing was sent", "a@acme.example");
    assertThat(postroom.get("/api/v1/messages?q=Trial").body()).contains("\"data\":[]");
    Tried wrong = Tried.run(environment, "send", "--to", "nobody", "--subject", "x", "--text", "x");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.err()).contains("/to/0:");
    Tried noDocument = Tried.run(environment, "send", "--document", "invoice");
    assertThat(noDocument.err()).contains("such as invoice/INV-2026-0412");
  }

  @Test
  void importsPartnersInvoicesAndDocumentsAndSendsOne() throws Exception {
    Path partners =
        Files.writeString(
            folder.resolve("partners.csv"),
            "ref,type,name,language,main\nbakery,customer,Bakery,en,info@bakery.example\n");
    Tried trial = Tried.run(environment, "import", "partners", "" + partners, "--dry-run");
    assertThat(trial.exit()).as(trial.all()).isZero();
    assertThat(trial.out()).contains("1 new", "Nothing was stored.");
    assertThat(postroom.get("/api/v1/partners/bakery").statusCode()).isEqualTo(404);
    Tried kept = Tried.run(environment, "import", "partners", "" + partners);
    assertThat(kept.out()).contains("1 new, 0 changed");
    assertThat(postroom.get("/api/v1/partners/bakery").statusCode()).isEqualTo(200);

    String table =
        "number;partner;issue_date;due_date;currency;gross;paid\n"
            + "CMD-1;bakery;2026-11-02;2026-12-02;EUR;32.70;0\n"
            + "CMD-2;bakery;2026-11-02;2026-12-02;EUR;much;0\n";
    Tried invoices = Tried.piped(table, environment, "import", "invoices", "-");
    assertThat(invoices.exit()).isEqualTo(1);
    assertThat(invoices.out()).contains("1 new", "1 refused", "line 3");

    byte[] ubl = Files.readAllBytes(Path.of("examples", "invoice-ubl.xml"));
    Path right = Files.write(folder.resolve("right.xml"), ubl);
    Path wrong = Files.writeString(folder.resolve("wrong.xml"), "<Invoice/>");
    Tried documents =
        Tried.run(environment, "import", "documents", "" + wrong, "" + right, "--json");
    assertThat(documents.exit()).isEqualTo(1);
    JsonNode results = documents.json().path("documents");
    assertThat(results.get(0).path("result").stringValue()).isEqualTo("refused");
    assertThat(results.get(1).path("result").stringValue()).isEqualTo("kept");
    assertThat(results.get(1).path("kind").stringValue()).isEqualTo("invoice");

    String number = "invoice/" + results.get(1).path("number").stringValue();
    Tried sent =
        Tried.run(
            environment, "send", "--document", number, "--to", "ap@bakery.example", "--wait", "30");
    assertThat(sent.exit()).as(sent.all()).isZero();
    assertThat(sent.out()).contains(": sent\n", "ap@bakery.example");
  }

  @Test
  void exportsWhatIsKeptAboutSomebody() throws Exception {
    Path zip = folder.resolve("anna.zip");
    Tried export = Tried.run(environment, "export", "address", "anna@acme.example", "" + zip);
    assertThat(export.exit()).as(export.all()).isZero();
    assertThat(new String(Files.readAllBytes(zip), 0, 2, StandardCharsets.US_ASCII))
        .isEqualTo("PK");
    Tried twice = Tried.run(environment, "export", "address", "anna@acme.example", "" + zip);
    assertThat(twice.exit()).isEqualTo(2);
    assertThat(twice.err()).contains("exists already");
  }

  @Test
  void erasesAgainWhomARestoredBackupBroughtBack() throws Exception {
    postroom.post("/api/v1/erasures", "{\"kind\": \"address\", \"value\": \"carla@acme.example\"}");
    Path list = folder.resolve("erasures.list");
    Tried export = Tried.run(environment, "export", "erasures", "" + list);
    assertThat(export.exit()).as(export.all()).isZero();
    assertThat(Files.readString(list)).startsWith("e1 ").doesNotContain("carla");

    // As in a database from before.
    postroom.bean(Database.class).run(sql -> sql.sql("DELETE FROM erasures").update());
    Files.writeString(list, "e1 nonsense\n", StandardOpenOption.APPEND);
    Tried again = Tried.run(environment, "erase-again", "" + list);
    assertThat(again.exit()).as(again.all()).isZero();
    assertThat(again.out())
        .contains("0 lines were new, 1 were known. 1 were refused")
        .contains("0 erased again, 1 not found in this copy.");
    assertThat(
            Tried.run(environment, "erase-again", "--json").json().at("/again/not_found").asInt())
        .isZero();
    assertThat(Tried.run(environment, "erase-again", "nowhere.list").err())
        .contains("There is no file nowhere.list");
  }

  private static String[] with(String[] words, String more) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = more;
    return all;
  }
}
