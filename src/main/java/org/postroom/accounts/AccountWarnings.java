package org.postroom.accounts;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;

/** What will end for an account, from everybody who knows of something; the soonest first. */
@Service
public class AccountWarnings {
  private final List<WarningSource> sources;

  AccountWarnings(List<WarningSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Nothing for an account that is switched off. */
  public List<AccountWarning> of(Account account, Instant now) {
    if (!account.active()) return List.of();
    return sources.stream()
        .flatMap(source -> source.of(account, now).stream())
        .sorted(Comparator.comparing(AccountWarning::date))
        .toList();
  }
}
