package org.postroom.transport.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.RunningPostroom;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;
import org.postroom.transport.Transports;
import tools.jackson.databind.JsonNode;

class LocalMessagesApiTests {
  private static final byte[] CONTENT =
      "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@acme.example>\r\n\r\nHello\r\n"
          .getBytes(StandardCharsets.UTF_8);
  private static RunningPostroom postroom;
  private static String company;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    company =
        postroom
            .bean(Database.class)
            .read(sql -> sql.sql("SELECT id FROM companies").query(String.class).single());
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @BeforeEach
  void empty() {
    assertThat(postroom.send(postroom.request("/api/v1/local_messages").DELETE()).statusCode())
        .isEqualTo(204);
  }

  @Test
  void listsShowsAndDeletesWhatWasKept() {
    keep(company);
    keep(company);
    JsonNode list = RunningPostroom.json(postroom.get("/api/v1/local_messages?limit=1"));
    assertThat(list.get("has_more").asBoolean()).isTrue();
    JsonNode mail = list.get("data").get(0);
    assertThat(mail.get("subject").asString()).isEqualTo("Grüße");
    assertThat(mail.get("message_id").asString()).isEqualTo("<1@acme.example>");
    assertThat(mail.get("recipients").get(0).asString()).isEqualTo("ap@contoso.example");
    assertThat(mail.get("received_at").asString()).endsWith("Z");
    String path = "/api/v1/local_messages/" + mail.get("id").asString();
    assertThat(RunningPostroom.json(postroom.get(path))).isEqualTo(mail);
    HttpResponse<byte[]> content = postroom.bytes(path + "/content");
    assertThat(content.headers().firstValue("Content-Type")).contains("message/rfc822");
    assertThat(content.body()).isEqualTo(CONTENT);
    empty();
    assertThat(postroom.get(path).statusCode()).isEqualTo(404);
    assertThat(postroom.bytes(path + "/content").statusCode()).isEqualTo(404);
  }

  @Test
  void showsNothingOfOtherCompanies() {
    keep("com_other");
    JsonNode list = RunningPostroom.json(postroom.get("/api/v1/local_messages"));
    assertThat(list.get("data")).isEmpty();
  }

  @Test
  void refusesALimitOutOfRange() {
    assertThat(postroom.get("/api/v1/local_messages?limit=0").statusCode()).isEqualTo(422);
  }

  private static void keep(String company) {
    var envelope =
        new Envelope(
            Address.of("invoices@acme.example"), List.of(Address.of("ap@contoso.example")));
    Outcome outcome =
        postroom
            .bean(Transports.class)
            .submit(
                new Submission(envelope, CONTENT),
                new Login.Local(company, "acc_1"),
                new Overheard());
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }
}
