package org.postroom.happenings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.springframework.stereotype.Service;

/**
 * What was written down, in one order for each company. A place in the order is given after the
 * commit, one by one: whoever reads on from a place never misses what was committed late.
 */
@Service
public class HappeningLog {
  /** How long it is kept. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final int AT_ONCE = 500;
  private final Database database;

  public HappeningLog(Database database) {
    this.database = database;
  }

  /** Companies that have something without a place. */
  public List<String> waiting() {
    return database.read(HappeningRows::waiting);
  }

  /**
   * What comes next in a company's order, without places so far; until the caller's transaction
   * ends nobody else gets any.
   */
  public List<Happening> next(String company, int most) {
    return database.write(sql -> {
      if (!HappeningRows.lock(sql, company)) return List.<Happening>of();
      return HappeningRows.next(sql, company, most);
    });
  }

  /** Gives it the next place, with the body as it is told from now on; in the same transaction. */
  public void place(Happening next, String body) {
    database.run(sql -> HappeningRows.place(sql, next.company(), next.id(), body));
  }

  /** Keeps a test that is meant for one endpoint and stands in no order. */
  public void keep(Happening test, String endpoint) {
    database.run(sql -> HappeningRows.insert(sql, test, endpoint));
  }

  public Optional<Happening> find(String company, String id) {
    return database.read(sql -> HappeningRows.find(sql, company, id));
  }

  /**
   * In their order, behind the one of that id; from the beginning where it is null. Where that one
   * is not kept any more, what was later.
   *
   * @param types words; empty for all
   */
  public List<Happening> after(String company, @Nullable String id, Set<String> types, int most) {
    return database.read(sql -> {
      long place = id == null ? -1 : HappeningRows.place(sql, company, id);
      return HappeningRows.after(sql, company, place, types, most);
    });
  }

  /** Forgets what is too old, in every company. */
  public void forgetOld() {
    for (String company : database.read(HappeningRows::companies))
      while (database.<Integer>write(
              sql -> HappeningRows.forget(sql, company, sql.now().minus(KEPT), AT_ONCE))
          == AT_ONCE) {}
  }
}
