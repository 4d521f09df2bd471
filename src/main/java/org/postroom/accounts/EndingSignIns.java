package org.postroom.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Client secrets that end, and sign-ins that providers forget: Microsoft after 90 days without use,
 * Google after six months, and after seven days whatever happens while the project is in status
 * Testing.
 */
@Component
class EndingSignIns implements WarningSource {
  private static final Duration AHEAD = Duration.ofDays(30);
  private static final Duration MICROSOFT_FORGETS = Duration.ofDays(90);
  private static final Duration GOOGLE_FORGETS = Duration.ofDays(180);
  private static final Duration TESTING_ENDS = Duration.ofDays(7);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  private final List<SignInUse> uses;

  EndingSignIns(List<SignInUse> uses) {
    this.uses = List.copyOf(uses);
  }

  @Override
  public List<AccountWarning> of(Account account, Instant now) {
    List<AccountWarning> warnings = new ArrayList<>();
    SignInUse.Used used = used(account);
    switch (account.connection()) {
      case Connection.Microsoft microsoft -> {
        secret(microsoft.secretExpires(), day(now), warnings);
        if (microsoft.needsSignIn())
          idle("Microsoft", MICROSOFT_FORGETS, used.lastUsed(), now, warnings);
      }
      case Connection.Google google when google.testing() ->
          testing(used.signedIn(), now, warnings);
      case Connection.Google _ -> idle("Google", GOOGLE_FORGETS, used.lastUsed(), now, warnings);
      default -> {}
    }
    return warnings;
  }

  private static void secret(
      @Nullable LocalDate ends, LocalDate today, List<AccountWarning> warnings) {
    if (ends == null || today.isBefore(ends.minusDays(AHEAD.toDays()))) return;
    boolean past = !today.isBefore(ends);
    warnings.add(
        new AccountWarning(
            "secret-ends:" + ends,
            true,
            (past ? "Client secret ended on " : "Client secret ends on ") + DAY.format(ends),
            "Make a new client secret in Microsoft Entra, under Certificates & secrets, and enter"
                + " its value and its end here. Without it "
                + (past ? "the account cannot send." : "the account stops sending that day."),
            ends));
  }

  private static void idle(
      String provider,
      Duration forgets,
      @Nullable Instant lastUsed,
      Instant now,
      List<AccountWarning> warnings) {
    if (lastUsed == null || now.isBefore(lastUsed.plus(forgets).minus(AHEAD))) return;
    LocalDate ends = day(lastUsed.plus(forgets));
    boolean past = !day(now).isBefore(ends);
    warnings.add(
        new AccountWarning(
            "sign-in-idle:" + ends,
            true,
            (past ? "Sign-in may have ended on " : "Unused sign-in ends on ") + DAY.format(ends),
            "%s forgets a sign-in that was not used for %d days; this one was used last on %s. %s"
                .formatted(
                    provider,
                    forgets.toDays(),
                    DAY.format(day(lastUsed)),
                    past
                        ? "If the next message cannot leave, sign in again."
                        : "One message sent through it, a test message too, keeps it."),
            ends));
  }

  private static void testing(
      @Nullable Instant signedIn, Instant now, List<AccountWarning> warnings) {
    if (signedIn == null) return;
    LocalDate ends = day(signedIn.plus(TESTING_ENDS));
    boolean past = !day(now).isBefore(ends);
    boolean soon = !now.isBefore(signedIn.plus(Duration.ofDays(4)));
    warnings.add(
        new AccountWarning(
            "google-testing:" + ends,
            soon,
            (past ? "Sign-in ended on " : "Sign-in ends on ") + DAY.format(ends),
            "Your Google project is in status Testing: Google ends every sign-in after seven days."
                + " In the Google Cloud console set it to Internal, or publish it, then sign in once"
                + " more and take the mark “Testing” off this account.",
            ends));
  }

  private SignInUse.Used used(Account account) {
    return uses.stream()
        .flatMap(use -> use.of(account).stream())
        .findFirst()
        .orElseGet(() -> new SignInUse.Used(null, account.health().lastSuccess()));
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }
}
