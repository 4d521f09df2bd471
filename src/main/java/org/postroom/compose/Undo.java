package org.postroom.compose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Service;

/** Takes back what was sent by hand and has not left: it is a draft again, as it was typed. */
@Service
public class Undo {
  private static final int AT_ONCE = 200;
  private final Outbox outbox;
  private final Database database;

  Undo(Outbox outbox, Database database) {
    this.outbox = outbox;
    this.database = database;
  }

  /**
   * How long somebody can take a message back.
   *
   * @param left until it goes out, not negative; of a message that is held: none
   */
  public record Chance(Duration left) {
    /** It leaves in a moment, unless somebody presses the button. */
    public boolean soon() {
      return left.isPositive() && left.compareTo(Duration.ofMinutes(2)) <= 0;
    }

    public long seconds() {
      return left.plusMillis(999).toSeconds();
    }
  }

  /** Empty where the caller did not write it, or it is too late. */
  public Optional<Chance> chance(Caller caller, Message message) {
    if (!message.untouched()) return Optional.empty();
    return database
        .read(sql -> MessageDraftRows.ofMessage(sql, caller.company(), caller.id(), message.id()))
        .map(draft -> Duration.between(database.now(), message.dueAt()))
        .map(left -> new Chance(left.isNegative() ? Duration.ZERO : left));
  }

  /**
   * Cancels the message and opens its draft.
   *
   * @return id of the draft
   * @throws Problem 404 where the caller wrote no such message, 409 where it is too late
   */
  public String undo(Caller caller, String message) {
    return database.write(sql -> {
      MessageDraft draft =
          MessageDraftRows.ofMessage(sql, caller.company(), caller.id(), message)
              .orElseThrow(() -> Problem.notFound("A draft of this message"));
      outbox.takeBack(caller, message);
      MessageDraftRows.reopen(sql, draft);
      return draft.id();
    });
  }

  /**
   * Files of drafts lie in their messages once those are settled; until then they may come back.
   */
  public void forgetFiles() {
    String after = "";
    while (true) {
      String from = after;
      List<MessageDraftRows.Kept> some =
          database.read(sql -> MessageDraftRows.sentWithFiles(sql, from, AT_ONCE));
      for (MessageDraftRows.Kept one : some) if (over(one)) forget(one);
      if (some.size() < AT_ONCE) return;
      after = some.getLast().draft();
    }
  }

  private boolean over(MessageDraftRows.Kept one) {
    return outbox
        .find(one.company(), one.message())
        .map(message -> message.state().settled())
        .orElse(true);
  }

  private void forget(MessageDraftRows.Kept one) {
    database.run(sql -> MessageDraftRows.removeFiles(sql, one.company(), one.draft()));
  }
}
