package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.findings.Calendar.Severity;
import org.postroom.findings.Calendar.Warning;

class CalendarTests {
  private final Calendar calendar = new Calendar();

  @ParameterizedTest
  @CsvSource({
    "2026-05-31,",
    "2026-06-01, microsoft-smtp-password:WARN",
    "2026-12-30, microsoft-smtp-password:WARN",
    "2026-12-31, microsoft-smtp-password:WARN",
    "2027-01-01, microsoft-smtp-password:WARN microsoft-smtp-password-end:INFO",
    "2028-01-01, microsoft-smtp-password:WARN"
  })
  void warnsOfTheEndOfPasswordsAtMicrosoft(LocalDate today, String expected) {
    assertThat(shown(calendar.warnings("smtp", "smtp.office365.com", true, today)))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void saysSomethingElseFromThatDayOn() {
    List<Warning> before =
        calendar.warnings("smtp", "SMTP.Office365.com", true, LocalDate.parse("2026-12-30"));
    List<Warning> after =
        calendar.warnings("smtp", "smtp.office365.com", true, LocalDate.parse("2026-12-31"));
    assertThat(before.getFirst().sentence()).startsWith("At the end of December 2026");
    assertThat(after.getFirst().sentence()).startsWith("Since the end of December 2026");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-31,",
    "2026-01-01, exchange-online-off:WARN",
    "2026-10-01, exchange-online-off:FAIL exchange-online-end:WARN",
    "2027-03-31, exchange-online-off:FAIL exchange-online-end:WARN",
    "2027-04-01, exchange-online-end:FAIL"
  })
  void warnsOfTheEndOfExchangeWebServicesInTheCloud(LocalDate today, String expected) {
    assertThat(shown(calendar.warnings("exchange", "outlook.office365.com", false, today)))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource({
    "exchange, mail.acme.example, true",
    "smtp, mail.acme.example, true",
    "smtp, smtp.office365.com, false",
    "smtp, notsmtp.office365.com.acme.example, true",
    "microsoft,, false",
    "local,, false"
  })
  void leavesOthersAlone(String kind, String host, boolean password) {
    assertThat(calendar.warnings(kind, host, password, LocalDate.parse("2027-06-01"))).isEmpty();
  }

  @Test
  void knowsWhatHasLongEnded() {
    LocalDate today = LocalDate.parse("2026-11-21");
    assertThat(shown(calendar.warnings("smtp", "smtp-mail.outlook.com", true, today)))
        .isEqualTo("outlook-com-password:FAIL");
    assertThat(calendar.warnings("exchange", "outlook.office365.com", true, today))
        .extracting(Warning::severity)
        .containsExactly(Severity.FAIL, Severity.FAIL, Severity.WARN);
    assertThat(shown(calendar.warnings("smtp", "smtp.gmail.com", true, today)))
        .isEqualTo("google-password:INFO");
    assertThat(shown(calendar.warnings("google", null, false, today)))
        .isEqualTo("google-quota:INFO");
  }

  @Test
  void speaksGermanToo() {
    var today = LocalDate.parse("2026-11-21");
    var warning = calendar.warnings("smtp", "smtp.office365.com", true, today, Locale.GERMAN);
    assertThat(warning.getFirst().sentence()).isNotBlank();
  }

  private static String shown(List<Warning> warnings) {
    return String.join(" ", warnings.stream().map(one -> one.id() + ":" + one.severity()).toList());
  }
}
