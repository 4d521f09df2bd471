package org.postroom.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.MailContent;
import org.postroom.mail.Mime;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TransportContract;
import org.postroom.transport.Login;
import org.postroom.transport.Transport;
import org.postroom.transport.rest.Patience;

/** The contract over every way that Graph takes a message. */
@ParameterizedClass
@EnumSource
class GraphContractTests extends TransportContract {
  private static final String MAILBOX = "invoices@acme.example";
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();

  @Parameter Way way;
  private GraphServer server;
  private Web web;
  private GraphTransport transport;

  enum Way {
    MIME("mime", null, Sizes.MICROSOFT),
    MIME_OF_A_NAMED_MAILBOX("mime", MAILBOX, Sizes.MICROSOFT),
    JSON("json", null, new Sizes(0, Sizes.MICROSOFT.json(), 3_000_000, 1 << 20)),
    DRAFT("draft", null, new Sizes(0, 0, 3_000_000, 1 << 20));

    final String route;
    final @Nullable String mailbox;
    final Sizes sizes;

    Way(String route, @Nullable String mailbox, Sizes sizes) {
      this.route = route;
      this.mailbox = mailbox;
      this.sizes = sizes;
    }
  }

  @BeforeEach
  void start() {
    String[] permissions = {"Mail.Send", "Mail.ReadWrite"};
    server =
        GraphServer.startTls(CERTIFICATES)
            .token("token-of-a-person", MAILBOX, permissions)
            .appToken("token-of-an-app", permissions)
            .sendAs("rechnung@acme.example");
    web = new Web(Trust.withAlso(List.of(CERTIFICATES.authority())));
    transport = new GraphTransport(web, way.sizes, Patience.USUAL, InstantSource.system());
  }

  @AfterEach
  void stop() {
    assertThat(server.violations()).isEmpty();
    assertThat(server.drafts()).isZero();
    web.close();
    server.close();
  }

  @Override
  protected Transport transport() {
    return transport;
  }

  @Override
  protected Login login() {
    String token = way.mailbox == null ? "token-of-a-person" : "token-of-an-app";
    return new Login.Graph(server.service(), way.mailbox, token, true);
  }

  @Override
  protected List<Arrived> arrived() {
    return server.sent().stream()
        .map(one -> new Arrived(one.from(), one.recipients(), one.mime()))
        .toList();
  }

  /** Graph takes no text of five million bytes at all, but a file. */
  @Override
  protected byte[] large() {
    byte[] file = new byte[4_000_000];
    for (int i = 0; i < file.length; i++) file[i] = (byte) (i * 31 + i / 255);
    Address from = Address.of(MAILBOX);
    return new Mime(
            "<large@acme.example>",
            Instant.EPOCH,
            ZoneOffset.UTC,
            from,
            List.of(),
            List.of(Address.of("ap@contoso.example")),
            List.of(),
            "Large",
            true,
            "Hello\r\n",
            null,
            List.of(new Attachment("scan.bin", "application/octet-stream", file)))
        .bytes();
  }

  /** What came as MIME must be the same bytes; what came in parts must have the same parts. */
  @Override
  protected void assertSame(byte[] arrived, byte[] sent) {
    String route =
        server.sent().stream().filter(one -> one.mime() == arrived).findFirst().get().route();
    boolean larger = sent.length > 3_000_000;
    assertThat(route).isEqualTo(larger ? "draft" : way.route);
    if (route.equals("mime")) {
      assertThat(arrived).isEqualTo(sent);
      return;
    }
    MailContent after = MailContent.read(arrived);
    MailContent before = MailContent.read(sent);
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.attachments()).hasSameSizeAs(before.attachments());
    for (int i = 0; i < before.attachments().size(); i++) {
      Attachment one = before.attachments().get(i);
      assertThat(after.attachments().get(i).filename()).isEqualTo(one.filename());
      assertThat(after.attachments().get(i).content()).isEqualTo(one.content());
    }
  }
}
