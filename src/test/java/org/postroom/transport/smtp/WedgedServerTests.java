package org.postroom.transport.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.access.Access;
import org.postroom.accounts.Accounts;
import org.postroom.delivery.Delivery;
import org.postroom.net.Names;
import org.postroom.net.Trust;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Servers at which a sender could hang for ever: a name that is never answered, a socket that never
 * reads. In the whole product, only its patience is shorter.
 */
class WedgedServerTests {
  private static final Patience HASTY = Patience.standard().atMost(Duration.ofMillis(1_500));

  private final CountDownLatch nameServer = new CountDownLatch(1);
  private final ScriptedSmtpServer good = ScriptedSmtpServer.start(SmtpOffer.plain());
  private final ScriptedSmtpServer deaf = ScriptedSmtpServer.start(SmtpOffer.plain());
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    Names.Lookup hangs =
        host -> {
          if (host.equals("hangs.example")) await(nameServer);
          return List.of(InetAddress.getLoopbackAddress());
        };
    postroom =
        RunningPostroom.start(
            Map.of(),
            context ->
                ((GenericApplicationContext) context)
                    .registerBean(
                        "smtpTransport",
                        SmtpTransport.class,
                        () -> new SmtpTransport(Trust.ofSystem(), HASTY, null, hangs)));
  }

  @AfterEach
  void stop() {
    nameServer.countDown();
    postroom.close();
    good.close();
    deaf.close();
  }

  @Test
  void aNameThatIsNeverAnsweredFreesTheSlotAndTheMailGoesLater() {
    String stuck = account("hangs.example", good.port());
    String message = send(stuck, "");
    othersGoMeanwhile();
    JsonNode paused =
        eventually(() -> health(stuck), h -> h.at("/state").asString().equals("paused"));
    assertThat(paused.at("/reason").asString()).isNotBlank();
    assertThat(paused.at("/finding").asString()).isNotBlank();
    slotsAreFree();
    JsonNode back = message(message);
    assertThat(back.get("state").asString()).isEqualTo("queued");
    assertThat(back.get("attempts").asInt()).as("not the message's fault").isZero();
    assertThat(back.get("note").asString())
        .contains("hangs.example could not be looked up in time");
    nameServer.countDown();
    String company = postroom.bean(Access.class).companies().getFirst().id();
    postroom.bean(Accounts.class).repaired(company, stuck);
    await(message, "sent");
  }

  @Test
  void aServerThatStopsReadingFreesTheSlotAndTheMailGoesLater() {
    deaf.at(Verb.BODY).message(1).stall();
    String stuck = account("127.0.0.1", deaf.port());
    String file = Base64.getEncoder().encodeToString(new byte[12_000_000]);
    String message =
        send(
            stuck, ", \"attachments\": [{\"filename\": \"a.bin\", \"content\": \"" + file + "\"}]");
    othersGoMeanwhile();
    await(message, "delayed");
    slotsAreFree();
    JsonNode back = message(message);
    assertThat(back.get("note").asString()).contains("did not answer in time");
    assertThat(back.at("/recipients/0/state").asString()).isEqualTo("pending");
    deaf.release();
    postroom.post("/api/v1/messages/" + message + "/retry", "");
    await(message, "sent");
    assertThat(deaf.received()).as("what was cut off is no mail").hasSize(1);
  }

  private void othersGoMeanwhile() {
    int before = good.received().size();
    String fine = account("localhost", good.port());
    IntStream.range(0, 20).forEach(i -> send(fine, ""));
    eventually(() -> good.received().size(), n -> n == before + 20);
  }

  private void slotsAreFree() {
    eventually(() -> postroom.bean(Delivery.class).underWay(), n -> n == 0);
  }

  private String account(String host, int port) {
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "To %1$s", "email": "s@acme.example", "active": true,
             "smtp": {"host": "%1$s", "port": %2$d, "security": "none", "auth": false}}
            """
                .formatted(host, port));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private String send(String account, String more) {
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            "{\"subject\": \"Hello\", \"text\": \"Hi.\", \"to\": [\"a@x.example\"], \"account\": \"%s\"%s}"
                .formatted(account, more));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").asString();
  }

  private void await(String message, String state) {
    eventually(() -> message(message), m -> m.get("state").asString().equals(state));
  }

  private JsonNode message(String id) {
    return json(postroom.get("/api/v1/messages/" + id));
  }

  private JsonNode health(String account) {
    return json(postroom.get("/api/v1/accounts/" + account)).get("health");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
