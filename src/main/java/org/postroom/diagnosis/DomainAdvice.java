package org.postroom.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postroom.accounts.Account;
import org.postroom.domains.RecordCheck;
import org.postroom.domains.RecordCheck.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the records of the domain say about the way the account sends, within a few seconds. */
@Component
class DomainAdvice implements DomainRecords {
  private static final Logger LOG = LoggerFactory.getLogger(DomainAdvice.class);
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final org.postroom.domains.DomainRecords records;

  DomainAdvice(org.postroom.domains.DomainRecords records) {
    this.records = records;
  }

  @Override
  public List<Advice> advise(Account account, Duration within) {
    Duration wait = within.compareTo(LONGEST) < 0 ? within : LONGEST;
    var looking = new FutureTask<>(() -> records.check(account));
    Thread.ofVirtual().name("domain records").start(looking);
    try {
      return advice(looking.get(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return unknown("Whoever keeps the records of the domain did not answer in time.");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return unknown("The records of the domain were not looked at.");
    } catch (ExecutionException mistake) {
      LOG.error("The records for {} could not be judged", account.id(), mistake);
      return unknown("The records of the domain could not be looked at; the log has the details.");
    } finally {
      looking.cancel(true);
    }
  }

  /** Problems first: the line shows the first. */
  private static List<Advice> advice(List<RecordCheck> checks) {
    List<Advice> advice = new ArrayList<>();
    for (Verdict verdict : List.of(Verdict.PROBLEM, Verdict.ADVICE, Verdict.UNKNOWN))
      checks.stream()
          .filter(check -> check.verdict() == verdict)
          .map(check -> new Advice(Plan.DOMAIN, check.sentence(), steps(check)))
          .forEach(advice::add);
    return advice;
  }

  private static List<String> steps(RecordCheck check) {
    RecordCheck.DnsRecord add = check.add();
    if (add == null) return List.of();
    return List.of(
        "In the domain's DNS set %s %s to: %s".formatted(add.type(), add.name(), add.value()));
  }

  private static List<Advice> unknown(String what) {
    return List.of(new Advice(Plan.DOMAIN, what, List.of()));
  }
}
