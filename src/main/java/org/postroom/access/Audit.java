package org.postroom.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Slice;
import org.springframework.stereotype.Service;

/** Who changed what, when, from what to what. Never give it a secret: what it is told, it keeps. */
@Service
public class Audit {
  private static final int MOST = 4000;
  private final Database database;

  public Audit(Database database) {
    this.database = database;
  }

  /** One change, as {@code GET /api/v1/audit} shows it. */
  public record Entry(
      String id,
      Instant at,
      String actor,
      String actorName,
      String what,
      String subject,
      @Nullable String from,
      @Nullable String to) {}

  /**
   * Records a change, in the caller's transaction where there is one.
   *
   * @param what a stable word such as {@code account.changed}
   * @param subject the id of the thing changed
   * @param from null where it did not exist before
   * @param to null where it does not exist any more
   */
  public void record(
      Caller caller, String what, String subject, @Nullable String from, @Nullable String to) {
    database.run(sql ->
        AuditRows.insert(
            sql,
            caller.company(),
            new Entry(
                Ids.next("aud"),
                sql.now(),
                caller.id(),
                caller.name(),
                what,
                subject,
                shortened(from),
                shortened(to))));
  }

  /**
   * Which changes are wanted; null: any.
   *
   * @param what the whole word or the part before its dot, such as {@code account}
   * @param until before this moment
   */
  public record Filter(
      @Nullable String actor,
      @Nullable String what,
      @Nullable String subject,
      @Nullable Instant since,
      @Nullable Instant until) {
    public static final Filter ALL = new Filter(null, null, null, null, null);
  }

  /** The newest first. */
  public Slice<Entry> list(Caller caller, int limit, @Nullable String cursor) {
    return list(caller, Filter.ALL, limit, cursor);
  }

  /** The newest first of those. */
  public Slice<Entry> list(Caller caller, Filter filter, int limit, @Nullable String cursor) {
    caller.require(Right.MANAGE_PEOPLE);
    String after = Slice.cursor(cursor, "aud");
    List<Entry> entries =
        database.read((Sql sql) -> AuditRows.list(sql, caller.company(), filter, limit + 1, after));
    return Slice.of(entries, limit, Entry::id);
  }

  /** Sorts of things that were changed, for choosing among them. */
  public List<String> sorts(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    return database.read(sql -> AuditRows.sorts(sql, caller.company()));
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
