package org.postroom.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.DkimJudge;
import org.postroom.testkit.Postfix;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A domain's mail through a plain relay arrives with signatures that hold, resent mail too. */
class SigningJourney {
  private static final String BODY =
      """
      {"subject": "Preisliste – neu", "html": "<p>Grüße aus der Mühle</p>", "to": "Änne <a@x.example>",
       "cc": ["c@x.example"], "bcc": ["hidden@x.example"], "account": "%s"}
      """;

  private static final int MAILS = Integer.getInteger("signing.mails", 25);
  private static final long SEED = Long.getLong("signing.seed", System.nanoTime());

  private static ScriptedSmtpServer server;
  private static RunningPostroom postroom;
  private static Map<String, String> records;
  private static Set<String> selectors;

  @BeforeAll
  static void start() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain());
    postroom = RunningPostroom.start();
    JsonNode key = json(postroom.post("/api/v1/dkim_keys", "{\"domain\": \"acme.example\"}"));
    records = new HashMap<>();
    for (JsonNode txt : key.get("records"))
      records.put(txt.get("name").asString(), txt.get("value").asString());
    selectors = Set.copyOf(records.keySet().stream().map(name -> name.split("\\.")[0]).toList());
    String on = "/api/v1/dkim_keys/" + key.get("id").asString() + "/activate";
    assertThat(postroom.post(on, "").statusCode()).isEqualTo(409);
    records.forEach(postroom.dns()::txt);
    HttpResponse<String> active = postroom.post(on, "");
    assertThat(json(active).get("active").booleanValue()).as(active.body()).isTrue();
  }

  @AfterAll
  static void stop() {
    postroom.close();
    server.close();
  }

  @Test
  void theLogShowsByteForByteWhatLeftAndItsSignaturesHold() {
    String id = sent(account("invoices@acme.example", server.port()));
    byte[] stored = postroom.bytes("/api/v1/messages/" + id + "/content").body();
    byte[] left = received(id);
    assertThat(left).isEqualTo(stored);
    assertThat(new String(left, UTF_8).lines().filter(line -> line.startsWith("DKIM-Signature")))
        .hasSize(2);
    assertHolds(left);
  }

  /**
   * What programs put into mail: every script, long words, trailing spaces, dots, files of bytes.
   */
  @Test
  void randomMailsArriveByteForByteWithWhatWasPutInAndBothSignatures() throws Exception {
    var random = new Random(SEED);
    String account = account("invoices@acme.example", server.port());
    List<byte[]> mails = new ArrayList<>();
    for (int i = 0; i < MAILS; i++) {
      String subject = line(random, 1 + random.nextInt(80)).strip() + "·" + i;
      String text = text(random);
      byte[] file = new byte[random.nextInt(50_000)];
      random.nextBytes(file);
      String name = "Datei " + i + " ü.bin";
      Map<String, Object> body =
          Map.of(
              "subject", subject,
              "text", text,
              "to", List.of("a@x.example"),
              "account", account,
              "attachments",
                  List.of(
                      Map.of(
                          "filename", name, "content", Base64.getEncoder().encodeToString(file))));
      HttpResponse<String> sent =
          postroom.post("/api/v1/messages", new JsonMapper().writeValueAsString(body));
      assertThat(sent.statusCode()).as("seed %d: %s", SEED, sent.body()).isEqualTo(202);
      String id = json(sent).get("id").asString();
      settled(id);
      byte[] left = received(id);
      assertThat(left).isEqualTo(postroom.bytes("/api/v1/messages/" + id + "/content").body());
      assertHasBack(left, subject, text, name, file);
      mails.add(left);
    }
    for (DkimJudge judge : List.of(DkimJudge.DKIMPY, DkimJudge.MAIL_DKIM))
      assertThat(judge.holding(mails, records))
          .as("%s, seed %d", judge, SEED)
          .hasSize(MAILS)
          .allSatisfy(holding -> assertThat(holding).isNotEmpty().isSubsetOf(selectors));
    assertThat(DkimJudge.DKIMPY.holding(mails, records)).containsOnly(selectors);
  }

  /** Read by another's reader. */
  private static void assertHasBack(
      byte[] mail, String subject, String text, String name, byte[] file) throws Exception {
    var read =
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
    assertThat(read.getSubject()).as("seed %d", SEED).isEqualTo(subject);
    var parts = (MimeMultipart) read.getContent();
    assertThat(words(parts.getBodyPart(0)).toString().replace("\r\n", "\n").stripTrailing())
        .as("seed %d", SEED)
        .isEqualTo(text.stripTrailing());
    var last = parts.getBodyPart(parts.getCount() - 1);
    assertThat(MimeUtility.decodeText(last.getFileName())).isEqualTo(name);
    assertThat(last.getInputStream().readAllBytes()).isEqualTo(file);
  }

  /** The plain one, where the words come in two forms. */
  private static Object words(BodyPart part) throws Exception {
    return part.getContent() instanceof MimeMultipart forms
        ? forms.getBodyPart(0).getContent()
        : part.getContent();
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = 0, lines = 1 + random.nextInt(30); i < lines; i++)
      text.append(
              switch (random.nextInt(8)) {
                case 0 -> "";
                case 1 -> ".";
                case 2 -> "From here on";
                case 3 -> "x".repeat(1 + random.nextInt(3_000));
                case 4 -> line(random, 20) + "=";
                default -> line(random, random.nextInt(200));
              })
          .append('\n');
    return text + "end";
  }

  private static String line(Random random, int letters) {
    String alphabet = "abc XYZ.,=?_-äöüß€éñçøłžאבשعربيΩδЖя漢字かな한글🙂👩‍🌾";
    int[] points = alphabet.codePoints().toArray();
    var line = new StringBuilder("z");
    for (int i = 0; i < letters; i++) line.appendCodePoint(points[random.nextInt(points.length)]);
    return line.append('.').toString();
  }

  @Test
  void aResentMessageIsSignedAnew() {
    String id = sent(account("invoices@acme.example", server.port()));
    HttpResponse<String> again =
        postroom.post("/api/v1/messages/" + id + "/resend", "{\"to\": [\"b@y.example\"]}");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    String fresh = json(again).get("id").asString();
    settled(fresh);
    byte[] left = received(fresh);
    assertThat(new String(left, UTF_8).lines().filter(line -> line.startsWith("DKIM-Signature")))
        .hasSize(2);
    assertThat(new String(left, UTF_8)).contains("To: b@y.example");
    assertHolds(left);
  }

  @Test
  void mailOfOtherDomainsAndOfTheLocalMailboxIsLeftAlone() {
    String other = sent(account("invoices@other.example", server.port()));
    assertThat(new String(received(other), UTF_8)).doesNotContain("DKIM-Signature");
    String local =
        json(postroom.post(
                "/api/v1/accounts",
                "{\"kind\": \"local\", \"name\": \"Box\", \"email\": \"box@acme.example\"}"))
            .get("id")
            .asString();
    String caught = sent(local);
    assertThat(postroom.get("/api/v1/messages/" + caught + "/content").body())
        .doesNotContain("DKIM-Signature");
  }

  @Test
  void itsSignaturesHoldBehindPostfixToo() {
    try (Postfix postfix = Postfix.open()) {
      sent(account("invoices@acme.example", postfix.port()));
      List<byte[]> delivered = eventually(postfix::delivered, mails -> !mails.isEmpty());
      String mail = new String(delivered.getFirst(), ISO_8859_1).replaceAll("(?<!\r)\n", "\r\n");
      assertThat(mail).contains("Received: ");
      assertHolds(mail.getBytes(ISO_8859_1));
    }
  }

  private static void assertHolds(byte[] mail) {
    assertThat(DkimJudge.DKIMPY.holding(List.of(mail), records)).containsExactly(selectors);
    String changed = new String(mail, ISO_8859_1).replaceFirst("\r\nSubject: ", "\r\nSubject: x");
    assertThat(DkimJudge.DKIMPY.holding(List.of(changed.getBytes(ISO_8859_1)), records))
        .containsExactly(Set.of());
  }

  private static String account(String email, int port) {
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Relay", "email": "%s",
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(email, port));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private static String sent(String account) {
    HttpResponse<String> sent = postroom.post("/api/v1/messages", BODY.formatted(account));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    String id = json(sent).get("id").asString();
    settled(id);
    return id;
  }

  private static void settled(String id) {
    eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)).get("state").asString(), "sent"::equals);
  }

  private static byte[] received(String id) {
    return server.received().stream()
        .map(ScriptedSmtpServer.Received::content)
        .filter(content -> new String(content, UTF_8).contains("<" + id + "@"))
        .findFirst()
        .orElseThrow();
  }
}
