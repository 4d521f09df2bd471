package org.postroom.console.web;

import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.outbox.Approvals;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageState;

/** What this person can do with a message as it stands; the capability decides once more. */
record Can(
    boolean cancel,
    boolean retry,
    boolean resend,
    boolean correct,
    boolean decide,
    boolean approve) {

  static Can with(Message message, Caller caller, Approvals approvals) {
    boolean own = message.origin().id().equals(caller.id());
    boolean change = own || caller.may(Right.CHANGE_OTHERS_MAIL);
    boolean send = caller.may(Right.SEND);
    boolean refused = message.recipients().stream().anyMatch(to -> Status.bad(to.state()));
    return new Can(
        change
            && message.state() != MessageState.SENDING
            && message.state().mayBecome(MessageState.CANCELLED),
        change && mayRetry(message),
        send && over(message),
        send && over(message) && refused,
        change && message.state() == MessageState.UNCLEAR,
        approvals.may(caller, message));
  }

  private static boolean mayRetry(Message message) {
    return switch (message.state()) {
      case DELAYED, NOT_SENT -> true;
      case HELD -> message.hold() == Message.Hold.RESTORED;
      default -> false;
    };
  }

  private static boolean over(Message message) {
    return switch (message.state()) {
      case SENT, NOT_SENT, CANCELLED -> true;
      default -> false;
    };
  }
}
