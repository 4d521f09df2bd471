package org.postroom.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.db.Ages;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * How long each company keeps what grows, and who takes the rest away: every night, in small pieces
 * between which everybody else gets to write.
 */
@Service
public class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int LONGEST = 36_500;

  /** Of one kind of one company in one night; the next night goes on. */
  private static final int PIECES = 2_000;

  private final Database database;
  private final Access access;
  private final Audit audit;
  private final List<Ages> kinds;

  Retention(Database database, Access access, Audit audit, List<Ages> kinds) {
    this.database = database;
    this.access = access;
    this.audit = audit;
    this.kinds = kinds.stream().sorted(Comparator.comparing(Ages::title)).toList();
  }

  /**
   * How long one kind is kept.
   *
   * @param days 0: for ever
   */
  public record Kept(
      String kind, String title, String explains, int days, int standard, int least) {}

  public List<Kept> of(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    return of(caller.company());
  }

  /** Changes what is named; the rest stays as it is. */
  public List<Kept> save(Caller caller, Map<String, Integer> days) {
    caller.require(Right.MANAGE_PEOPLE);
    check(days);
    database.run(sql -> {
      Map<String, Kept> before = byKind(of(caller.company()));
      days.forEach((kind, wanted) -> {
        Kept old = before.get(kind);
        if (old == null || old.days() == wanted) return;
        RetentionRows.put(sql, caller.company(), kind, wanted);
        audit.record(caller, "retention.changed", kind, words(old.days()), words(wanted));
      });
    });
    return of(caller.company());
  }

  /** Takes away what is too old, of all companies. */
  public void forget() {
    for (Company company : access.companies()) {
      Map<String, Kept> kept = byKind(of(company.id()));
      for (Ages kind : kinds)
        Optional.ofNullable(kept.get(kind.kind()))
            .filter(each -> each.days() > 0)
            .ifPresent(each -> forget(company.id(), kind, each.days()));
    }
  }

  private void forget(String company, Ages kind, int days) {
    Instant before = database.now().minus(Duration.ofDays(days));
    long all = 0;
    for (int piece = 0; piece < PIECES; piece++) {
      int some = database.write(sql -> kind.forget().forget(sql, company, before, days));
      all += some;
      if (some < Ages.AT_ONCE) break;
      if (Thread.interrupted()) return;
    }
    if (all > 0)
      LOG.info("{} of {}: {} older than {} days removed", kind.title(), company, all, days);
  }

  private List<Kept> of(String company) {
    Map<String, Integer> chosen = database.read(sql -> RetentionRows.days(sql, company));
    return kinds.stream()
        .map(kind ->
            new Kept(
                kind.kind(),
                kind.title(),
                kind.explains(),
                chosen.getOrDefault(kind.kind(), kind.days()),
                kind.days(),
                kind.least()))
        .toList();
  }

  private void check(Map<String, Integer> days) {
    List<FieldError> wrong = new ArrayList<>();
    days.forEach((kind, wanted) -> {
      Optional<Ages> known = kinds.stream().filter(each -> each.kind().equals(kind)).findFirst();
      if (known.isEmpty())
        wrong.add(new FieldError("/" + kind, "unknown", "There is no such kind."));
      else if (wanted != 0 && (wanted < known.get().least() || wanted > LONGEST))
        wrong.add(
            new FieldError(
                "/" + kind,
                "out_of_range",
                known.get().title()
                    + ": 0 for ever, or "
                    + known.get().least()
                    + " to "
                    + LONGEST
                    + " days."));
    });
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
  }

  private static Map<String, Kept> byKind(List<Kept> all) {
    return all.stream().collect(java.util.stream.Collectors.toMap(Kept::kind, each -> each));
  }

  private static String words(int days) {
    return days == 0 ? "for ever" : days + " days";
  }
}
