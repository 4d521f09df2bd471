package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Blocked addresses on the road, and what on the road blocks one (R19). */
@ParameterizedClass
@EnumSource
class BlockedRecipientsTests {
  @Parameter TestDatabase kind;

  private ScriptedSmtpServer smtp;
  private RunningPostroom postroom;
  private String relay;

  @BeforeEach
  void start() {
    smtp = ScriptedSmtpServer.start(SmtpOffer.plain());
    postroom = RunningPostroom.start(kind);
    relay = account();
  }

  @AfterEach
  void stop() {
    postroom.close();
    smtp.close();
  }

  @Test
  void theOthersGetTheMail() {
    block("anna@contoso.example");
    JsonNode sent = settled(send("Anna@CONTOSO.example", "bert@contoso.example"), "sent");
    assertThat(smtp.received().getFirst().recipients()).containsExactly("bert@contoso.example");
    assertThat(sent.at("/recipients/0/state").asString()).isEqualTo("suppressed");
    assertThat(sent.at("/recipients/0/reply").asString())
        .matches("Blocked since .* 20\\d\\d: blocked by .*\\.");
    assertThat(sent.at("/recipients/1/state").asString()).isEqualTo("accepted");
  }

  @Test
  void whereNobodyIsLeftItIsNotSentAndGoesAfterUnblocking() {
    block("anna@contoso.example");
    String id = send("anna@contoso.example");
    JsonNode stopped = settled(id, "not_sent");
    assertThat(smtp.connections()).isZero();
    assertThat(stopped.get("attempts").intValue()).isZero();
    assertThat(stopped.get("note").asString()).startsWith("Blocked address: anna@contoso.example");

    assertThat(retry(id)).isEqualTo(200);
    settled(id, "not_sent");
    assertThat(smtp.connections()).isZero();

    unblock("anna@contoso.example");
    assertThat(retry(id)).isEqualTo(200);
    settled(id, "sent");
    assertThat(smtp.received()).hasSize(1);
  }

  @Test
  void anAddressThatDoesNotExistIsBlockedOnTheSpot() {
    settled(send("bert@contoso.example"), "sent");
    smtp.at(Verb.RCPT)
        .lineContaining("anna@")
        .say("550 5.1.1 <anna@contoso.example>: User unknown");
    String id = send("anna@contoso.example", "bert@contoso.example");
    settled(id, "sent");
    JsonNode blocked = json(postroom.get("/api/v1/suppressions/anna@contoso.example"));
    assertThat(blocked.get("cause").asString()).isEqualTo("hard_bounce");
    assertThat(blocked.get("message").asString()).isEqualTo(id);
    assertThat(blocked.get("status").asString()).isEqualTo("5.1.1");
  }

  @Test
  void aServerThatNeverTookAnythingProvesNothing() {
    smtp.at(Verb.RCPT).say("550 5.1.1 User unknown in virtual mailbox table");
    settled(send("anna@contoso.example"), "not_sent");
    settled(send("anna@contoso.example"), "not_sent");
    assertThat(blocked()).isEmpty();
  }

  /** R19: whatever goes wrong on our side or the server's, no address is blamed. */
  @Test
  void ourOwnFaultsBlockNobody() {
    List<String> refusals =
        List.of(
            "550 5.7.1 <anna@contoso.example>: Relay access denied",
            "554 5.7.1 Service unavailable; Client host [10.0.0.1] blocked using zen.spamhaus.org",
            "550 5.7.1 Message rejected due to poor reputation of our network",
            "550 5.7.26 Unauthenticated email from acme.example is not accepted",
            "550 5.1.8 <invoices@acme.example>: Sender address rejected: Domain not found",
            "552 5.3.4 Message size exceeds fixed limit",
            "550 5.4.5 Daily user sending limit exceeded",
            "550 5.7.233 Your message can't be sent: tenant external recipient rate",
            "550 High probability of spam",
            "503 5.5.1 Bad sequence of commands",
            "421 4.7.0 Too many connections",
            "450 4.7.1 Greylisted, please try again later",
            "451 4.3.0 Temporary lookup failure",
            "452 4.5.3 Too many recipients",
            "450 4.2.1 The user is receiving mail too quickly",
            "432 4.7.12 A password transition is needed",
            "530 5.7.0 Authentication required",
            "550 5.5.0 Protocol error");
    assertThat(refusals).hasSize(18);
    List<String> accounts = refusals.stream().map(any -> account()).toList();
    for (String account : accounts) settled(from(account, "bert@contoso.example"), "sent");
    for (int i = 0; i < refusals.size(); i++)
      smtp.at(Verb.RCPT).lineContaining("anna" + i + "@").say(refusals.get(i));
    List<String> tried = new ArrayList<>();
    for (int i = 0; i < refusals.size(); i++)
      tried.add(from(accounts.get(i), "anna" + i + "@contoso.example"));
    for (String id : tried)
      eventually(
          () -> json(postroom.get("/api/v1/messages/" + id)),
          message -> !message.get("note").isNull());
    assertThat(blocked()).isEmpty();
  }

  private String account() {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Relay", "email": "invoices@acme.example",
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(smtp.port()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private List<String> blocked() {
    return json(postroom.get("/api/v1/suppressions"))
        .get("data")
        .valueStream()
        .map(one -> one.get("address").asString())
        .toList();
  }

  private void block(String address) {
    var made = postroom.post("/api/v1/suppressions", "{\"address\": \"" + address + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  private void unblock(String address) {
    var gone = postroom.send(postroom.request("/api/v1/suppressions/" + address).DELETE());
    assertThat(gone.statusCode()).as(gone.body()).isEqualTo(204);
  }

  private int retry(String id) {
    return postroom.post("/api/v1/messages/" + id + "/retry", "").statusCode();
  }

  private String send(String... to) {
    return from(relay, to);
  }

  private String from(String account, String... to) {
    var sent =
        postroom.post(
            "/api/v1/messages",
            "{\"account\": \"%s\", \"subject\": \"Hello\", \"text\": \"Hi\", \"to\": [\"%s\"]}"
                .formatted(account, String.join("\", \"", to)));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").asString();
  }

  private JsonNode settled(String id, String state) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        message -> message.get("state").asString().equals(state));
  }
}
