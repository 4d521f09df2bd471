package org.postroom.bounces.reading;

import org.postroom.bounces.Reason;
import org.postroom.bounces.Returned.Action;

/** Why it came back. */
final class Reasons {
  private Reasons() {}

  static Reason of(Said said) {
    if (said.action() != Action.FAILED && said.action() != Action.DELAYED) return Reason.DELIVERED;
    return switch (said.status()) {
      case "5.1.1" -> Reason.USER_UNKNOWN;
      case "5.1.2" -> Reason.HOST_UNKNOWN;
      case "5.2.2" -> Reason.MAILBOX_FULL;
      default -> Reason.UNDEFINED;
    };
  }
}
