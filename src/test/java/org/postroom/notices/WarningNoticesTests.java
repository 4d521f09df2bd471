package org.postroom.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource
class WarningNoticesTests {
  @Parameter TestDatabase kind;

  @Test
  void administratorsHearOnceOfEachEnding() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain());
        var postroom = RunningPostroom.start(kind)) {
      var warnings = postroom.bean(WarningNotices.class);
      make(
          postroom,
          "{\"kind\": \"microsoft\", \"name\": \"Sales\", \"email\": \"s@acme.example\","
              + " \"microsoft\": {\"client_id\": \"c\","
              + " \"client_secret\": \"s\", \"client_secret_expires\": \"2031-03-31\"}}");
      warnings.tell(Instant.parse("2031-03-10T08:00:00Z"));
      assertThat(notices(postroom)).as("no account to carry it").isEmpty();
      make(
          postroom,
          "{\"kind\": \"smtp\", \"name\": \"Out\", \"email\": \"o@acme.example\","
              + " \"smtp\": {\"host\": \"127.0.0.1\", \"port\": %d, \"security\": \"none\", \"auth\": false}}"
                  .formatted(server.port()));
      warnings.tell(Instant.parse("2031-02-01T08:00:00Z"));
      assertThat(notices(postroom)).as("too early").isEmpty();
      warnings.tell(Instant.parse("2031-03-10T08:00:00Z"));
      warnings.tell(Instant.parse("2031-03-11T08:00:00Z"));
      assertThat(notices(postroom))
          .singleElement()
          .satisfies(notice ->
              assertThat(notice.get("subject").stringValue())
                  .isEqualTo("“Sales”: Client secret ends on 31 Mar 2031"));
    }
  }

  private static void make(RunningPostroom postroom, String body) {
    var made = postroom.post("/api/v1/accounts", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  private static List<JsonNode> notices(RunningPostroom postroom) {
    return json(postroom.get("/api/v1/messages")).get("data").valueStream().toList();
  }
}
