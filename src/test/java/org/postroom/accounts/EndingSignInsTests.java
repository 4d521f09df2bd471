package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.accounts.Connection.Google;
import org.postroom.accounts.Connection.Microsoft;
import org.postroom.mail.Address;

class EndingSignInsTests {
  private static final Instant USED = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"-31, 0", "-30, 1", "-1, 1", "0, 1", "400, 1"})
  void aClientSecretIsWarnedOfThirtyDaysBefore(int day, int warnings) {
    LocalDate ends = LocalDate.of(2026, 6, 30);
    Instant now = ends.plusDays(day).atTime(8, 0).toInstant(java.time.ZoneOffset.UTC);
    List<AccountWarning> told =
        new EndingSignIns(List.of()).of(microsoft(Microsoft.Flow.APP, ends), now);
    assertThat(told).hasSize(warnings);
    for (AccountWarning warning : told) {
      assertThat(warning.id()).isEqualTo("secret-ends:2026-06-30");
      assertThat(warning.headline())
          .isEqualTo(
              (day < 0 ? "Client secret ends on " : "Client secret ended on ") + "30 Jun 2026");
      assertThat(warning.urgent()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"59, 0", "60, 1", "89, 1", "91, 1"})
  void microsoftForgetsAfterNinetyDays(int days, int warnings) {
    assertThat(after(days, microsoft(Microsoft.Flow.USER, null))).hasSize(warnings);
    assertThat(after(days, microsoft(Microsoft.Flow.APP, null)))
        .as("apps are not forgotten")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"149, 0", "150, 1", "181, 1"})
  void googleForgetsAfterSixMonths(int days, int warnings) {
    assertThat(after(days, google(false))).hasSize(warnings);
  }

  @Test
  void aProjectInTestingEndsSignInsAfterSevenDaysAndSaysSoFromTheStart() {
    List<AccountWarning> first = after(0, google(true));
    assertThat(first)
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.urgent()).as("on the page, not yet by mail").isFalse();
          assertThat(warning.date()).isEqualTo(LocalDate.of(2026, 1, 8));
          assertThat(warning.text()).contains("Testing", "seven days");
        });
    assertThat(after(4, google(true)).getFirst().urgent()).isTrue();
    assertThat(after(8, google(true)).getFirst().headline()).startsWith("Sign-in ended on");
  }

  @Test
  void anAccountThatNeverSentIsNotCalledIdle() {
    var nobody = new EndingSignIns(List.of());
    Instant late = USED.plus(Duration.ofDays(400));
    assertThat(nobody.of(account(google(false), null), late)).isEmpty();
    assertThat(nobody.of(account(google(false), USED), late)).hasSize(1);
  }

  private static List<AccountWarning> after(int days, Account account) {
    SignInUse use = any -> Optional.of(new SignInUse.Used(USED, USED));
    return new EndingSignIns(List.of(use)).of(account, USED.plus(Duration.ofDays(days)));
  }

  private static List<AccountWarning> after(int days, Connection connection) {
    return after(days, account(connection, null));
  }

  private static Account microsoft(Microsoft.Flow flow, @Nullable LocalDate ends) {
    return account(
        new Microsoft(
            "organizations", null, Microsoft.Route.GRAPH, flow, Microsoft.Cloud.GLOBAL, null, ends),
        null);
  }

  private static Connection google(boolean testing) {
    return new Google(null, Google.Route.GMAIL, testing);
  }

  private static Account account(Connection connection, @Nullable Instant lastSuccess) {
    return new Account(
        "co_1",
        "acc_1",
        connection.kind(),
        "Mailbox",
        Address.of("a@acme.example"),
        null,
        null,
        Account.COMPANY,
        false,
        true,
        connection,
        false,
        Account.Limits.of(connection.kind()),
        new Account.Health(Account.Health.State.WORKING, null, null, null, lastSuccess, null),
        1,
        USED);
  }
}
