package org.postroom.outbox;

import java.util.List;
import java.util.Optional;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.springframework.stereotype.Service;

/**
 * What people decide in a restored copy: that it is the original now, and what to do with its mail.
 */
@Service
public class AfterRestore {
  private static final int BATCH = 200;
  private final Database database;
  private final Outbox outbox;
  private final Audit audit;

  AfterRestore(Database database, Outbox outbox, Audit audit) {
    this.database = database;
    this.outbox = outbox;
    this.audit = audit;
  }

  /** Empty where this database never came from a backup. */
  public Optional<Restored> restored() {
    return database.read(RestoredRows::find);
  }

  /** How many messages of the company are held because of it. */
  public long waiting(String company) {
    return database.read(sql -> RestoredRows.count(sql, company));
  }

  /** Lets go everything of the company that is held because of it; how many. */
  public int releaseAll(Caller caller) {
    return all(caller, "restore.released", id -> outbox.retry(caller, id));
  }

  /** Cancels everything of the company that is held because of it; how many. */
  public int cancelAll(Caller caller) {
    return all(caller, "restore.cancelled", id -> outbox.cancel(caller, id));
  }

  private interface Step {
    Message with(String id);
  }

  private int all(Caller caller, String what, Step step) {
    caller.require(Right.CHANGE_OTHERS_MAIL);
    caller.require(Right.SEE_ALL_MAIL);
    int done = 0;
    while (true) {
      List<String> ids = database.read(sql -> RestoredRows.ids(sql, caller.company(), BATCH));
      if (ids.isEmpty()) break;
      database.run(sql -> ids.forEach(step::with));
      done += ids.size();
    }
    if (done > 0) audit.record(caller, what, "messages", null, done + " messages");
    return done;
  }
}
