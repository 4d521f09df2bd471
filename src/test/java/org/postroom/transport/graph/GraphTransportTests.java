package org.postroom.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Envelope;
import org.postroom.mail.MailContent;
import org.postroom.mail.Mime;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.ApiRequest;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Conversation;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.rest.Patience;

/** Which way a message takes, what it is there, and what is told about it. */
class GraphTransportTests {
  private static final String TOKEN = "eyJ0.token-of-acme.x";
  private static final Address FROM = new Address("Acme, Rechnungen", "invoices@acme.example");

  private GraphServer server;
  private Web web;
  private final Overheard heard = new Overheard();

  @BeforeEach
  void start() {
    server =
        GraphServer.start().token(TOKEN, "invoices@acme.example", "Mail.Send", "Mail.ReadWrite");
    web = new Web(Trust.ofSystem());
  }

  @AfterEach
  void stop() {
    assertThat(server.violations()).isEmpty();
    assertThat(server.requests()).allMatch(one -> one.body().length < 4_000_000 || isFile(one));
    web.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, mime",
    "1000000, false, mime",
    "2100000, false, mime",
    "2300000, false, json",
    "2900000, false, json",
    "3000000, true, draft",
    "2900000, true, json",
    "9000000, true, draft",
  })
  void takesTheFirstWayThatFits(int bytes, boolean drafts, String route) {
    Outcome outcome = submit(mail(file("a.pdf", bytes)), drafts);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.sent()).hasSize(1);
    assertThat(server.sent().getFirst().route()).isEqualTo(route);
    List<Attachment> files = MailContent.read(server.sent().getFirst().mime()).attachments();
    assertThat(files).hasSize(1);
    assertThat(files.getFirst().content()).isEqualTo(content(bytes));
  }

  @Test
  void takesTheLastByteThatFitsIntoMime() {
    int room = Sizes.MICROSOFT.mime() / 4 * 3;
    for (int over : new int[] {0, 1}) {
      byte[] head = "From: invoices@acme.example\r\nTo: a@b.example\r\n\r\n".getBytes();
      byte[] mime = new byte[room + over];
      java.util.Arrays.fill(mime, (byte) 'x');
      System.arraycopy(head, 0, mime, 0, head.length);
      assertThat(submit(submission(mime, "a@b.example"), false))
          .isInstanceOf(Outcome.Accepted.class);
    }
    assertThat(server.sent()).extracting(GraphServer.Sent::route).containsExactly("mime", "json");
    assertThat(server.requests().getFirst().body()).hasSize(3_980_000);
  }

  @Test
  void whatIsTooLargeWithoutDraftsNeverLeaves() {
    Outcome outcome = submit(mail(file("a.pdf", 3_100_000)), false);
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    var failure = ((Outcome.Rejected) outcome).failure();
    assertThat(failure.kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
    assertThat(failure.reply().text()).contains("Mail.ReadWrite");
    assertThat(server.requests()).isEmpty();
    assertThat(heard.asked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256",
        "multipart/encrypted; protocol=\"application/pgp-encrypted\"",
        "multipart/report"
      })
  void whatJsonCannotSayIsNotTakenApart(String type) {
    String mime =
        "From: invoices@acme.example\r\nTo: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: "
            + type
            + "; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
            + ("x".repeat(70) + "\r\n").repeat(50_000)
            + "--b--\r\n";
    byte[] bytes = mime.getBytes(StandardCharsets.US_ASCII);
    Outcome outcome = submit(submission(bytes, "a@b.example"), true);
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(server.requests()).isEmpty();
    // Small enough, it goes as it is.
    byte[] small = mime.replaceFirst("(?:x{70}\r\n){49000}", "").getBytes();
    assertThat(submit(submission(small, "a@b.example"), true)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void everyFileOfADraftArrivesInItsOrder() {
    List<Attachment> files = new ArrayList<>();
    for (int size : new int[] {10, 2_999_999, 3_000_000, 3_276_800, 3_276_801, 6_553_600, 1})
      files.add(file("Rechnung Größe " + size + ".pdf", size));
    assertThat(submit(mail(files.toArray(Attachment[]::new)), true))
        .isInstanceOf(Outcome.Accepted.class);
    List<Attachment> arrived = MailContent.read(server.sent().getFirst().mime()).attachments();
    assertThat(arrived)
        .extracting(Attachment::filename)
        .containsExactlyElementsOf(files.stream().map(Attachment::filename).toList());
    for (int i = 0; i < files.size(); i++)
      assertThat(arrived.get(i).content()).isEqualTo(files.get(i).content());
    assertThat(server.requests())
        .filteredOn(one -> one.method().equals("PUT"))
        .hasSize(1 + 1 + 2 + 2)
        .allSatisfy(one -> assertThat(one.header("authorization")).isNull());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void partsKeepWhatPartsCanKeep(boolean draft) throws Exception {
    var mime =
        new Mime(
            "<rg-17@acme.example>",
            Instant.parse("2026-11-21T10:00:00Z"),
            ZoneOffset.UTC,
            FROM,
            List.of(new Address("Büro", "office@acme.example")),
            List.of(new Address("Jörg Müller", "ap@contoso.example")),
            List.of(Address.of("boss@contoso.example")),
            "Rechnung 17 für „Contoso“",
            true,
            "Guten Tag",
            "<p>Guten Tag, Jörg – 東京</p>",
            List.of(file("Rechnung.pdf", 10)));
    byte[] bytes = concat("List-Unsubscribe: <mailto:stop@acme.example>\r\n", mime.bytes());
    var envelope =
        new Envelope(
            FROM,
            List.of(
                Address.of("ap@contoso.example"),
                Address.of("boss@contoso.example"),
                Address.of("hidden@contoso.example")));
    Sizes sizes = new Sizes(0, draft ? 0 : 3_980_000, 3_000_000, 1 << 20);
    Outcome outcome =
        new GraphTransport(web, sizes, Patience.USUAL, InstantSource.system())
            .submit(new Submission(envelope, bytes), login(true), heard);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    GraphServer.Sent sent = server.sent().getFirst();
    assertThat(sent.route()).isEqualTo(draft ? "draft" : "json");
    assertThat(sent.recipients())
        .containsExactly("ap@contoso.example", "boss@contoso.example", "hidden@contoso.example");
    var mail =
        new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(sent.mime()));
    assertThat(mail.getSubject()).isEqualTo("Rechnung 17 für „Contoso“");
    assertThat(mail.getMessageID()).isEqualTo("<rg-17@acme.example>");
    assertThat(mail.getFrom()[0]).hasToString("\"Acme, Rechnungen\" <invoices@acme.example>");
    assertThat(mail.getReplyTo()[0].toString()).contains("office@acme.example");
    assertThat(mail.getHeader("To", ",")).contains("ap@contoso.example").contains("J=C3=B6rg");
    assertThat(mail.getHeader("Cc", ",")).isEqualTo("boss@contoso.example");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getHeader("X-Auto-Response-Suppress", ",")).isEqualTo("All");
    assertThat(mail.getHeader("List-Unsubscribe", ",")).isEqualTo("<mailto:stop@acme.example>");
    var body = ((Multipart) mail.getContent()).getBodyPart(0);
    assertThat(body.getContentType()).startsWith("text/html");
    assertThat(body.getContent()).asString().contains("<p>Guten Tag, Jörg – 東京</p>");
  }

  @Test
  void picturesInsideTheTextStayInside() {
    String mime =
        """
        From: invoices@acme.example
        To: a@b.example
        Subject: Logo
        X-One: 1
        X-Two: 2
        X-Three: 3
        X-Four: 4
        X-Five: 5
        X-Auto-Response-Suppress: All
        MIME-Version: 1.0
        Content-Type: multipart/related; boundary=b

        --b
        Content-Type: text/html; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        <p>Gr=FC=DFe <img src=3D"cid:logo@acme"></p>
        --b
        Content-Type: image/png
        Content-ID: <logo@acme>
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --b--
        """
            .replace("\n", "\r\n");
    Sizes onlyJson = new Sizes(0, 3_980_000, 3_000_000, 1 << 20);
    new GraphTransport(web, onlyJson, Patience.USUAL, InstantSource.system())
        .submit(submission(mime.getBytes(), "a@b.example"), login(false), heard);
    String arrived = new String(server.sent().getFirst().mime(), StandardCharsets.US_ASCII);
    assertThat(arrived).contains("Content-ID: <logo@acme>").contains("Content-Disposition: inline");
    assertThat(arrived).contains("X-Auto-Response-Suppress: All").contains("X-Four: 4");
    assertThat(arrived).doesNotContain("X-Five");
    assertThat(MailContent.read(server.sent().getFirst().mime()).html())
        .contains("Grüße <img src=\"cid:logo@acme\">");
  }

  @Test
  void sendsFromANamedMailboxWithTheRightsForIt() {
    server.mailbox("billing+de@acme.example").sendAs("invoices@acme.example");
    var login = new Login.Graph(server.service(), "billing+de@acme.example", TOKEN, false);
    assertRejected(submit(mail(), login), FailureKind.SENDER_REFUSED, "ErrorAccessDenied");
    server.token(TOKEN, "invoices@acme.example", "Mail.Send.Shared");
    assertThat(submit(mail(), login)).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.sent().getFirst().mailbox()).isEqualTo("billing+de@acme.example");
    var stranger = new Login.Graph(server.service(), "nobody@acme.example", TOKEN, false);
    assertRejected(submit(mail(), stranger), FailureKind.SENDER_REFUSED, "ErrorInvalidUser");
  }

  @Test
  void aForeignSenderIsRefused() {
    byte[] mime = "From: ceo@acme.example\r\nTo: a@b.example\r\n\r\nx\r\n".getBytes();
    assertRejected(
        submit(submission(mime, "a@b.example"), false),
        FailureKind.SENDER_REFUSED,
        "ErrorSendAsDenied");
    server.sendAs("ceo@acme.example");
    assertThat(submit(submission(mime, "a@b.example"), false)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void evidenceSaysWhatWasSeen() {
    var certificates = TestCertificates.forLocalhost();
    try (var tls = GraphServer.startTls(certificates);
        var trusting = new Web(Trust.withAlso(List.of(certificates.authority())))) {
      tls.token(TOKEN, "invoices@acme.example", "Mail.Send");
      new GraphTransport(trusting)
          .submit(mail(), new Login.Graph(tls.service(), null, TOKEN, false), heard);
      int port = tls.service().getPort();
      assertThat(heard.lines()).hasSize(8).noneMatch(line -> line.contains(TOKEN));
      assertThat(heard.lines().get(0))
          .startsWith("C: POST https://localhost:" + port + "/v1.0/me/sendMail (");
      assertThat(heard.lines().get(1)).isEqualTo("S: 202");
      assertThat(heard.lines().get(2)).isEqualTo("RESOLVE: The name localhost was found");
      assertThat(heard.lines().get(3)).isEqualTo("CONNECT: localhost answers on port " + port);
      assertThat(heard.lines().get(4)).startsWith("TLS: TLSv1.3").contains("CN=localhost");
      assertThat(heard.lines().get(5)).isEqualTo("AUTHENTICATE: The token was accepted (HTTP 202)");
      assertThat(heard.lines().get(6)).contains("may still refuse");
      assertThat(heard.lines().get(7)).isEqualTo("CONTENT: 202 Accepted (request-id req-mime-1)");
    }
  }

  @Test
  void whoWatchesSeesTheTokenProvedBeforeAnythingIsHandedOver() {
    var probe = new Probe(false);
    Outcome outcome = new GraphTransport(web).submit(mail(), login(false), probe);
    assertThat(((Outcome.Deferred) outcome).failure().kind()).isEqualTo(FailureKind.CLAIM_LOST);
    assertThat(probe.stages).containsExactly(Stage.RESOLVE, Stage.CONNECT, Stage.AUTHENTICATE);
    assertThat(server.requests()).extracting(ApiRequest::line).containsExactly("GET /v1.0/me");
    var sending = new Probe(true);
    assertThat(new GraphTransport(web).submit(mail(), login(false), sending))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(sending.stages)
        .containsExactly(
            Stage.RESOLVE, Stage.CONNECT, Stage.AUTHENTICATE, Stage.SENDER, Stage.CONTENT);
  }

  @Test
  void whoWatchesSeesADeadTokenBeforeAnythingIsHandedOver() {
    server.expire(TOKEN);
    var probe = new Probe(true);
    Outcome outcome = new GraphTransport(web).submit(mail(), login(false), probe);
    assertRejected(outcome, FailureKind.SIGN_IN_REFUSED, "InvalidAuthenticationToken");
    assertThat(probe.asked).isZero();
    assertThat(probe.stages).containsExactly(Stage.RESOLVE, Stage.CONNECT);
  }

  private static final class Probe implements Conversation {
    private final boolean hand;
    private final List<Stage> stages = new ArrayList<>();
    private int asked;

    Probe(boolean hand) {
      this.hand = hand;
    }

    @Override
    public void passed(Stage stage, String evidence, java.time.Duration took) {
      stages.add(stage);
    }

    @Override
    public boolean probing() {
      return true;
    }

    @Override
    public boolean mayHandOver() {
      asked++;
      return hand;
    }
  }

  private Outcome submit(Submission mail, boolean drafts) {
    return submit(mail, login(drafts));
  }

  private Outcome submit(Submission mail, Login login) {
    return new GraphTransport(web).submit(mail, login, heard);
  }

  private Login login(boolean drafts) {
    return new Login.Graph(server.service(), null, TOKEN, drafts);
  }

  private static Submission mail(Attachment... files) {
    Address to = Address.of("ap@contoso.example");
    byte[] mime =
        new Mime(
                "<1@acme.example>",
                Instant.EPOCH,
                ZoneOffset.UTC,
                FROM,
                List.of(),
                List.of(to),
                List.of(),
                "Hello",
                false,
                "Hello",
                "<p>Hello</p>",
                List.of(files))
            .bytes();
    return new Submission(new Envelope(FROM, List.of(to)), mime);
  }

  private static Submission submission(byte[] mime, String to) {
    return new Submission(
        new Envelope(Address.of("invoices@acme.example"), List.of(Address.of(to))), mime);
  }

  private static Attachment file(String name, int bytes) {
    return new Attachment(name, "application/pdf", content(bytes));
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) content[i] = (byte) (i * 31 + i / 253);
    return content;
  }

  private static byte[] concat(String first, byte[] rest) {
    byte[] head = first.getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }

  /** Files just below three million bytes are more than four million as base64. */
  private static boolean isFile(ApiRequest request) {
    return request.path().endsWith("/attachments") && request.body().length < 4 * 1024 * 1024;
  }

  private static void assertRejected(Outcome outcome, FailureKind kind, String code) {
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(((Outcome.Rejected) outcome).failure().kind()).isEqualTo(kind);
    assertThat(((Outcome.Rejected) outcome).failure().reply().text()).startsWith(code + ": ");
  }
}
