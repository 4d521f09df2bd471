package org.postroom.outbox;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/**
 * Messages that wait until somebody agrees. That takes the right to change the mail of others, and
 * somebody else than the sender, unless the sender is the only one with that right.
 */
@Service
public class Approvals {
  private static final int LONGEST_REASON = 500;
  private final Outbox outbox;
  private final Access access;
  private final Audit audit;
  private final Database database;

  Approvals(Outbox outbox, Access access, Audit audit, Database database) {
    this.outbox = outbox;
    this.access = access;
    this.audit = audit;
    this.database = database;
  }

  /** Whether this caller may decide about this message. */
  public boolean may(Caller caller, Message message) {
    return message.hold() == Message.Hold.APPROVAL && whyNot(caller, message) == null;
  }

  /**
   * Lets it go out, at its time where that is still to come.
   *
   * @throws Problem 403 where somebody else must decide, 409 where it does not wait for approval
   */
  public Message approve(Caller caller, String id) {
    return decide(caller, id, true, "Approved by " + caller.name() + ".");
  }

  /**
   * Stops it for good.
   *
   * @param reason for the sender, may be empty
   */
  public Message reject(Caller caller, String id, String reason) {
    String why = reason.strip();
    if (why.length() > LONGEST_REASON)
      throw Problem.invalid("/reason", "too_long", "A reason has at most 500 characters.");
    String sentence = "Not approved by " + caller.name() + (why.isEmpty() ? "." : ": " + why);
    return decide(caller, id, false, sentence);
  }

  private Message decide(Caller caller, String id, boolean approved, String sentence) {
    return database.write(sql -> {
      Message message = outbox.get(caller, id);
      String whyNot = whyNot(caller, message);
      if (whyNot != null && message.hold() == Message.Hold.APPROVAL)
        throw Problem.forbidden(whyNot);
      Message decided = outbox.decide(caller, id, approved, sentence);
      String what = approved ? "message.approved" : "message.rejected";
      audit.record(caller, what, id, "held", decided.state().word());
      return decided;
    });
  }

  private @Nullable String whyNot(Caller caller, Message message) {
    if (!caller.may(Right.CHANGE_OTHERS_MAIL))
      return "Approving needs the right to change others mail, which "
          + caller.name()
          + " does not have.";
    if (!message.origin().id().equals(caller.id()) || alone(caller)) return null;
    return "Somebody else must approve what you send.";
  }

  private boolean alone(Caller caller) {
    return access.people(caller.company()).stream()
        .filter(person -> !person.id().equals(caller.id()))
        .noneMatch(person -> person.role().rights().contains(Right.CHANGE_OTHERS_MAIL));
  }
}
