package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsMailboxes.Sent;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestCertificates;
import tools.jackson.databind.JsonNode;

/** Mail through the firm's own Exchange: NTLM, a private certificate, a shared mailbox. */
class ExchangeJourney {
  @TempDir Path folder;
  private EwsServer exchange;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    TestCertificates certificates = TestCertificates.forLocalhost();
    certificates.write(folder);
    var offer = EwsOffer.plain("Negotiate", "NTLM").tls(certificates).extendedProtection();
    exchange = EwsServer.start(offer);
    postroom =
        RunningPostroom.start(
            Map.of("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString()));
  }

  @AfterEach
  void stop() {
    if (postroom != null) postroom.close();
    exchange.close();
  }

  @Test
  void aWrongPasswordHoldsTheMailAndTheRightOneSendsItFromTheSharedMailbox() {
    String account = makeAccount(EwsMailboxes.SHARED, "not the password");
    String message = send();
    JsonNode held = awaitState(message, "held");
    assertThat(held.toString()).contains("401").doesNotContain("not the password");
    assertThat(exchange.mailboxes().sent()).isEmpty();
    asked(
        200,
        "PATCH",
        "/api/v1/accounts/" + account,
        "{\"exchange\": {\"password\": \"" + EwsMailboxes.PASSWORD + "\"}}");
    JsonNode sent = awaitState(message, "sent");
    assertThat(sent.toString()).doesNotContain(EwsMailboxes.PASSWORD);
    Sent arrived = exchange.mailboxes().sent().getFirst();
    assertThat(arrived.mailbox()).isEqualTo(EwsMailboxes.SHARED);
    assertThat(arrived.from()).isEqualTo(EwsMailboxes.SHARED);
    assertThat(arrived.recipients()).containsExactly("anna@x.example", "secret@x.example");
    assertThat(new String(arrived.mime(), StandardCharsets.UTF_8))
        .contains("Bcc: <secret@x.example>");
    assertThat(exchange.violations()).isEmpty();
  }

  @Test
  void anAddressThatIsNotOursStopsTheAccountAndLeavesNoDraft() {
    makeAccount("boss@acme.example", EwsMailboxes.PASSWORD);
    JsonNode held = awaitState(send(), "held");
    assertThat(held.toString()).contains("ErrorSendAsDenied");
    assertThat(exchange.mailboxes().drafts(EwsMailboxes.SHARED)).isEmpty();
    assertThat(exchange.mailboxes().deleted()).hasSize(1);
  }

  private String makeAccount(String email, String password) {
    String body =
        """
        {"kind": "exchange", "name": "Billing", "email": "%s", "display_name": "Acme Billing", "default": true, "active": true,
         "exchange": {"uri": "%s", "domain": "ACME", "username": "invoices", "password": "%s", "mailbox": "%s"}}
        """
            .formatted(email, exchange.uri(), password, EwsMailboxes.SHARED);
    return json(asked(201, "POST", "/api/v1/accounts", body)).get("id").stringValue();
  }

  private String send() {
    String body =
        """
        {"subject": "Preisliste", "html": "<p>Guten Tag</p>", "to": "Anna <anna@x.example>", "bcc": ["secret@x.example"]}
        """;
    return json(asked(202, "POST", "/api/v1/messages", body)).get("id").stringValue();
  }

  private JsonNode awaitState(String message, String state) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + message)),
        seen -> List.of(state).contains(seen.get("state").stringValue()));
  }

  private HttpResponse<String> asked(int status, String method, String path, String body) {
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }
}
