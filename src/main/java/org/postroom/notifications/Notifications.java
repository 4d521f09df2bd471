package org.postroom.notifications;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.stereotype.Service;

/** What the people of a company are told inside the product, and who has read it. */
@Service
public class Notifications {
  /** The newest of a company are kept, and none longer than half a year. */
  static final int MOST = 1000;

  static final Duration KEPT = Duration.ofDays(180);
  private final Database database;

  public Notifications(Database database) {
    this.database = database;
  }

  /** One notification as somebody sees it. */
  public record Seen(Notification notification, boolean read) {}

  /**
   * Tells it, in the caller's transaction where there is one: it is told if what it tells came
   * true. The same id again changes nothing, and what a company does without is not told.
   */
  public void publish(NewNotification news) {
    database.run(sql -> {
      if (NotificationRows.insert(sql, news)) NotificationRows.keep(sql, news.company(), MOST);
    });
  }

  /** Newest first. */
  public Slice<Notification> list(String company, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "ntf");
    return database.read(sql ->
        Slice.of(NotificationRows.list(sql, company, limit + 1, before), limit, Notification::id));
  }

  /** Newest first, with what this reader has read. */
  public Slice<Seen> list(Caller reader, int limit, @Nullable String cursor) {
    return database.read(sql -> {
      Slice<Notification> told = list(reader.company(), limit, cursor);
      Set<String> read = new HashSet<>(NotificationRows.read(sql, reader, told.data()));
      return told.map(each -> new Seen(each, read.contains(each.id())));
    });
  }

  public Notification get(String company, String id) {
    return database
        .read(sql -> NotificationRows.find(sql, company, id))
        .orElseThrow(() -> Problem.notFound("The notification " + id));
  }

  /** How many this person has not read; counted to 100. */
  public long unread(String company, String person) {
    return database.read(sql -> NotificationRows.unread(sql, company, person));
  }

  /** Marks one as read by the caller. */
  public void markRead(Caller reader, String id) {
    get(reader.company(), id);
    database.run(sql -> NotificationRows.mark(sql, reader, List.of(id)));
  }

  /** Marks that one and all older ones: what came while somebody looked stays unread. */
  public void markReadUpTo(Caller reader, String newest) {
    database.run(sql -> NotificationRows.markUpTo(sql, reader, newest));
  }

  /** Forgets what is older than half a year, in every company. */
  public void forgetOld() {
    database.run(sql -> NotificationRows.forget(sql, sql.now().minus(KEPT)));
  }
}
