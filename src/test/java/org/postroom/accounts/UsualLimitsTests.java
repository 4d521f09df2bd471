package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.mail.Address;
import org.postroom.transport.Login;
import tools.jackson.databind.json.JsonMapper;

class UsualLimitsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @CsvSource({
    "smtp.office365.com, a@acme.example, 3, 30, 10000, 500",
    "smtp.gmail.com, a@acme.example, 3, 0, 2000, 100",
    "smtp.gmail.com, a@gmail.com, 3, 0, 500, 100",
    "smtp-relay.gmail.com, a@acme.example, 3, 0, 10000, 100",
    "mail.acme.example, a@acme.example, 2, 0, 0, 100"
  })
  void knowsServersByTheirName(
      String host, String email, int connections, int perMinute, int perDay, int recipients) {
    var smtp = new Connection.Smtp(host, 587, Login.Security.STARTTLS, true, email);
    Account.Limits limits = UsualLimits.of(smtp, Address.of(email)).limits();
    assertThat(limits.connections()).isEqualTo(connections);
    assertThat(limits.perMinute()).isEqualTo(perMinute);
    assertThat(limits.perDay()).isEqualTo(perDay);
    assertThat(limits.recipients()).isEqualTo(recipients);
  }

  @ParameterizedTest
  @CsvSource({
    "microsoft, graph, a@acme.example, 4, 30, 10000, 500, 0",
    "microsoft, smtp, a@acme.example, 3, 30, 10000, 500, 0",
    "google, gmail, a@acme.example, 3, 60, 2000, 100, 36700160",
    "google, gmail, a@googlemail.com, 3, 60, 500, 100, 36700160",
    "google, smtp, a@Gmail.com, 3, 0, 500, 100, 35882577"
  })
  void knowsRoutesOfProviders(
      String kind,
      String route,
      String email,
      int connections,
      int perMinute,
      int perDay,
      int recipients,
      long bytes) {
    String body =
        "{\"kind\": \"%1$s\", \"name\": \"x\", \"email\": \"%2$s\", \"%1$s\": {\"route\": \"%3$s\"}}"
            .formatted(kind, email, route);
    AccountDraft draft = AccountJson.read(JSON.readTree(body));
    assertThat(draft.limits())
        .isEqualTo(
            new Account.Limits(connections, perMinute, perDay, recipients, bytes)
                .ofRecipients(kind.equals("microsoft")));
  }

  @Test
  void whatTheDaysLimitCountsCanBeChosenAndIsTold() {
    String body =
        """
        {"kind": "google", "name": "x", "email": "a@acme.example", "limits": {"per_day_counts": "recipients"}}\
        """;
    assertThat(AccountJson.read(JSON.readTree(body)).limits())
        .isEqualTo(new Account.Limits(3, 60, 2000, 100, 36700160).ofRecipients(true));
  }

  @Test
  void whatSomebodySaysCountsAndTheRestIsUsual() {
    String body =
        """
        {"kind": "google", "name": "x", "email": "a@gmail.com", "limits": {"per_day": 400}}\
        """;
    assertThat(AccountJson.read(JSON.readTree(body)).limits())
        .isEqualTo(new Account.Limits(3, 60, 400, 100, 36700160));
  }

  @Test
  void everyLimitThatIsSetSaysWhy() {
    for (Connection connection :
        new Connection[] {
          new Connection.Local(),
          new Connection.Google(null, Connection.Google.Route.GMAIL, false),
          new Connection.Exchange(URI.create("https://x/EWS"), null, "u", null)
        }) {
      UsualLimits usual = UsualLimits.of(connection, Address.of("a@acme.example"));
      assertThat(usual.notes()).containsKey("connections");
      assertThat(usual.notes().containsKey("per_day")).isEqualTo(usual.limits().perDay() > 0);
      assertThat(usual.notes().containsKey("per_minute")).isEqualTo(usual.limits().perMinute() > 0);
    }
  }
}
