package org.postroom.transport.ews;

import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.ews.Trouble.Verdict;
import org.postroom.transport.wire.Stopwatch;

/**
 * One message over a signed-in session. From the user's own mailbox it is sent in one step; a
 * shared mailbox has to keep it first: Exchange sends for others only what lies in their drafts.
 */
final class HandOver {
  private final Session session;
  private final byte[] mime;
  private final Guard guard;
  private final Leftover leftover;
  private final Stopwatch clock = new Stopwatch();
  private boolean broke;

  HandOver(Session session, byte[] mime, Guard guard) {
    this.session = session;
    this.mime = mime;
    this.guard = guard;
    this.leftover = new Leftover(session, mime);
  }

  Outcome run(boolean shared) {
    try {
      if (shared) keepAndSend();
      else sendAtOnce();
    } catch (Stopped stopped) {
      broke = stopped.unanswered();
      return stopped.trouble().outcome();
    } finally {
      session.countMessage();
    }
    session.listener().passed(Stage.CONTENT, "sent; a copy is in Sent Items", clock.took());
    return new Outcome.Accepted(new Reply(200, null, "NoError"));
  }

  /** Nothing was handed over, only the connection was of no use: another may try the same. */
  boolean mayBeTriedElsewhere() {
    return broke && !guard.asked();
  }

  private void sendAtOnce() throws Stopped {
    try {
      session.hand(requests -> requests.sendAndSaveCopy(mime), guard, true);
    } catch (Stopped stopped) {
      boolean refused = stopped.trouble().verdict() == Verdict.STAYS && !stopped.code().isEmpty();
      if (refused) leftover.findAndDelete();
      throw stopped;
    }
  }

  private void keepAndSend() throws Stopped {
    ItemId draft = keep();
    try {
      session.send(requests -> requests.sendItem(draft));
    } catch (Stopped stopped) {
      if (stopped.trouble().verdict() != Verdict.UNCLEAR) leftover.delete(draft);
      throw stopped;
    }
  }

  /** Nothing is sent by it: whatever is lost here, the message did not go. */
  private ItemId keep() throws Stopped {
    try {
      var answer = session.hand(requests -> requests.saveOnly(mime), guard, false);
      if (!answer.items().isEmpty()) return answer.items().getFirst();
      throw new Stopped(
          EwsTrouble.passing(
              FailureKind.PROTOCOL_BROKEN, Stage.CONTENT, "Exchange kept a draft without an id."));
    } catch (Stopped stopped) {
      boolean claimLost = stopped.trouble().failure().kind() == FailureKind.CLAIM_LOST;
      boolean maybeKept =
          stopped.code().isEmpty() || EwsTrouble.UNFINISHED.contains(stopped.code());
      if (guard.asked() && !claimLost && maybeKept) leftover.findAndDelete();
      throw stopped;
    }
  }
}
