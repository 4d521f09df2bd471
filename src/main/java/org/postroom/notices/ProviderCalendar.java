package org.postroom.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountWarning;
import org.postroom.accounts.Connection;
import org.postroom.accounts.WarningSource;
import org.postroom.findings.Calendar;
import org.springframework.stereotype.Component;

/** What providers retire, where it concerns an account. */
@Component
class ProviderCalendar implements WarningSource {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private final Calendar calendar;

  ProviderCalendar(Calendar calendar) {
    this.calendar = calendar;
  }

  @Override
  public List<AccountWarning> of(Account account, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Connection connection = account.connection();
    return calendar
        .warnings(account.kind().word(), host(connection), password(connection), today)
        .stream()
        .map(warning -> shown(warning, today))
        .toList();
  }

  private static AccountWarning shown(Calendar.Warning warning, LocalDate today) {
    boolean past = !today.isBefore(warning.date());
    return new AccountWarning(
        warning.id() + ":" + warning.date(),
        warning.severity() != Calendar.Severity.INFO,
        (past ? "Changed on " : "Changes on ") + DAY.format(warning.date()),
        warning.sentence(),
        warning.date());
  }

  private static @Nullable String host(Connection connection) {
    return switch (connection) {
      case Connection.Smtp smtp -> smtp.host();
      case Connection.Exchange exchange -> exchange.uri().getHost();
      default -> null;
    };
  }

  private static boolean password(Connection connection) {
    return switch (connection) {
      case Connection.Smtp smtp -> smtp.auth();
      case Connection.Exchange _ -> true;
      default -> false;
    };
  }
}
