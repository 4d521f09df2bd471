package org.postroom.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.keeping.Erasure.Subject;
import org.postroom.suppression.Suppressions;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/** What is too old goes and nothing else; what somebody asks to be erased is gone everywhere. */
@ParameterizedClass
@EnumSource
class RetentionTests {
  private static final String ANNA = "Anna.Berg@contoso.example";

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.now());
  private Database database;
  private RunningPostroom postroom;
  private Caller caller;

  @BeforeEach
  void start() {
    database = kind.open(clock);
    postroom = RunningPostroom.start(database);
    caller = Caller.postroom(postroom.bean(Access.class).companies().getFirst().id());
    postroom.put(
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso", "emails": {"main": ["ap@contoso.example", "%s"]},
         "contacts": [{"name": "Anna Berg", "email": "%s", "roles": ["sales"]}]}
        """
            .formatted(ANNA, ANNA));
  }

  @AfterEach
  void stop() {
    postroom.close();
    database.close();
  }

  @Test
  void whatIsTooOldGoesAndWhatWaitsStays() {
    String sent = sent("Old", "x@contoso.example");
    String waits = send("Waits", "x@contoso.example", "\"send_at\": \"2036-01-01T00:00:00Z\",");
    var retention = postroom.bean(Retention.class);
    retention.save(caller, Map.of("message_contents", 90, "messages", 400));
    clock.advance(Duration.ofDays(89));
    retention.forget();
    assertThat(content(sent)).isEqualTo(200);

    clock.advance(Duration.ofDays(2));
    retention.forget();
    assertThat(content(sent)).isEqualTo(404);
    assertThat(content(waits)).isEqualTo(200);
    assertThat(json(postroom.get("/api/v1/messages/" + sent)).get("subject").asString())
        .isEqualTo("Old");
    assertThat(postroom.bean(org.postroom.outbox.Outbox.class).timeline(caller.company(), sent))
        .anyMatch(entry -> entry.detail().equals("The content was removed after 90 days."));

    clock.advance(Duration.ofDays(400));
    retention.forget();
    assertThat(postroom.get("/api/v1/messages/" + sent).statusCode()).isEqualTo(404);
    assertThat(content(waits)).isEqualTo(200);
    assertThat(count("message_recipients WHERE message_id = '" + sent + "'")).isZero();
    assertThatThrownBy(() -> retention.save(caller, Map.of("audit", 3)))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> retention.save(caller, Map.of("nonsense", 3)))
        .isInstanceOf(Problem.class);
    goesOnInPiecesUntilAllIsGone();
  }

  private void goesOnInPiecesUntilAllIsGone() {
    database.run(sql -> {
      for (int i = 0; i < 250; i++)
        sql.sql(
                "INSERT INTO local_messages (company_id, id, account_id, sender, recipients, size, received_at) VALUES (:company, :id, 'a', 's', 'r', 1, 5)")
            .param("company", caller.company())
            .param("id", "loc_" + i)
            .update();
    });
    postroom.bean(Retention.class).forget();
    assertThat(count("local_messages")).isZero();
  }

  @Test
  void nothingOfAnErasedPersonIsLeftAndABlockedOneStaysBlocked() throws IOException {
    var suppressions = postroom.bean(Suppressions.class);
    suppressions.block(caller, ANNA, "asked not to be written to");
    suppressions.unblock(caller, ANNA, null);
    String sent = sent("For Anna Berg", ANNA);
    String other = sent("For another", "x@contoso.example");
    String waits = send("Waits", ANNA, "\"send_at\": \"2036-01-01T00:00:00Z\",");
    suppressions.block(caller, ANNA, "asked not to be written to");
    var erasure = postroom.bean(Erasure.class);
    Subject anna = Erasure.subject("address", ANNA.toLowerCase(java.util.Locale.ROOT));

    Erasure.Plan plan = erasure.plan(caller, anna);
    assertThat(plan.messages()).isEqualTo(2);
    assertThat(plan.waiting()).containsExactly(waits);
    assertThat(plan.partners()).containsExactly("contoso");
    assertThatThrownBy(() -> erasure.erase(caller, anna, false)).hasMessageContaining("waits");
    assertThat(everywhere(ANNA)).contains("message_contents", "partners", "suppressions");

    Erasure.Certificate certificate = erasure.erase(caller, anna, true);
    assertThat(certificate.lines())
        .contains("0 rows still name an address of theirs where it should not stand");
    // Replies to programs go by themselves within a day.
    assertThat(everywhere(ANNA)).isSubsetOf("idempotency_keys");
    assertThat(json(postroom.get("/api/v1/messages/" + sent)).get("state").asString())
        .isEqualTo("sent");
    assertThat(json(postroom.get("/api/v1/messages/" + waits)).get("state").asString())
        .isEqualTo("cancelled");
    assertThat(content(other)).isEqualTo(200);
    assertThat(postroom.get("/api/v1/partners/contoso").body())
        .contains("ap@contoso.example")
        .doesNotContain("Anna");
    assertThat(suppressions.among(caller.company(), List.of(ANNA))).containsKey(ANNA);
    assertThat(erasure.certificates(caller)).hasSize(1);
  }

  @Test
  void aPartnerIsErasedWithAllOfItsAddresses() throws IOException {
    givesOutWhatIsKeptButNoSecrets();
    sent("For Contoso", "ap@contoso.example");
    Erasure.Certificate done =
        postroom.bean(Erasure.class).erase(caller, Erasure.subject("partner", "contoso"), true);
    assertThat(done.lines()).contains("1 partner's own record removed");
    assertThat(everywhere("ap@contoso.example")).isSubsetOf("idempotency_keys");
    assertThat(postroom.get("/api/v1/partners/contoso").statusCode()).isEqualTo(404);
  }

  private void givesOutWhatIsKeptButNoSecrets() throws IOException {
    String sent = sent("For Anna Berg", ANNA);
    var exports = postroom.bean(Exports.class);
    var out = new ByteArrayOutputStream();
    exports.about(caller, Erasure.subject("address", ANNA), out);
    Map<String, String> person = unzipped(out);
    assertThat(person.get("mail/" + sent + ".eml")).contains("Subject: For Anna Berg");
    assertThat(person.get("messages.jsonl")).contains(sent).contains("message.sent");
    assertThat(person.get("partners.jsonl")).contains("contoso");

    out.reset();
    exports.company(caller, out);
    Map<String, String> all = unzipped(out);
    assertThat(all.get("tables/messages.jsonl")).contains(sent);
    assertThat(all.get("tables/companies.jsonl")).contains("Acme Bakery Supplies");
    assertThat(all.get("tables/api_keys.jsonl")).contains("\"name\"").doesNotContain("\"hash\"");
  }

  private String sent(String subject, String to) {
    String id = send(subject, to, "");
    eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)).get("state").asString(), "sent"::equals);
    return id;
  }

  private String send(String subject, String to, String more) {
    var answer =
        postroom.post(
            "/api/v1/messages",
            "{%s \"subject\": \"%s\", \"text\": \"Dear %s\", \"to\": [\"%s\"]}"
                .formatted(more, subject, to, to));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("id").asString();
  }

  private int content(String id) {
    return postroom.bytes("/api/v1/messages/" + id + "/content").statusCode();
  }

  private long count(String from) {
    return database.read(sql -> sql.sql("SELECT count(*) FROM " + from).query(Long.class).single());
  }

  /** The tables in which it stands, in whatever column. */
  private List<String> everywhere(String text) throws IOException {
    String wanted = text.toLowerCase(java.util.Locale.ROOT);
    return database.still(still -> {
      List<String> found = new ArrayList<>();
      for (var table : still.tables())
        still.rows(
            table,
            values -> {
              for (Object value : values) {
                String shown =
                    value instanceof byte[] bytes
                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                        : String.valueOf(value);
                if (shown.toLowerCase(java.util.Locale.ROOT).contains(wanted)
                    && !found.contains(table.name())) found.add(table.name());
              }
            });
      return found;
    });
  }

  private static Map<String, String> unzipped(ByteArrayOutputStream out) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
    }
    return entries;
  }
}
