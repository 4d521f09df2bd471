package org.postroom.console.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.postroom.http.Chip;
import org.postroom.http.Moments;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.Recipient;
import org.postroom.outbox.RecipientState;

/** Where a message and its recipients stand, in the words of all pages. */
final class Status {
  private static final Duration SOON = Duration.ofMinutes(1);

  private Status() {}

  /** Never more than we know: sent means that a server accepted it. */
  static Chip of(Message message, ZoneId zone, Instant now) {
    return switch (message.state()) {
      case HELD -> new Chip("wait", "pause", "On hold");
      case QUEUED ->
          message.dueAt().isAfter(now.plus(SOON))
              ? new Chip("info", "clock", "Goes out " + Moments.at(message.dueAt(), zone, now))
              : new Chip("wait", "clock", "Waiting");
      case SENDING -> new Chip("info", "send", "Sending");
      case DELAYED ->
          new Chip("wait", "retry", "Trying again " + Moments.at(message.dueAt(), zone, now));
      case SENT -> sent(message);
      case NOT_SENT -> new Chip("fail", "cross", "Not sent");
      case UNCLEAR -> new Chip("warn", "question", "Unclear, please decide");
      case CANCELLED -> new Chip("off", "dash", "Cancelled");
    };
  }

  private static Chip sent(Message message) {
    int all = message.recipients().size();
    long bounced = message.count(RecipientState.BOUNCED);
    if (bounced > 0)
      return new Chip(
          bounced == all ? "fail" : "warn", "bounce", some(bounced, all, "bounced", "Bounced"));
    long refused = message.count(RecipientState.REJECTED);
    if (refused > 0) return new Chip("warn", "warning", some(refused, all, "refused", "Refused"));
    long blocked = message.count(RecipientState.SUPPRESSED);
    if (blocked > 0) return new Chip("warn", "warning", some(blocked, all, "blocked", "Blocked"));
    long complained = message.recipients().stream().filter(Recipient::complained).count();
    if (complained > 0)
      return new Chip("warn", "warning", some(complained, all, "complained", "Called unwanted"));
    boolean delivered = all > 0 && message.count(RecipientState.DELIVERED) == all;
    return new Chip("ok", "tick", delivered ? "Delivered" : "Sent");
  }

  private static String some(long n, int all, String word, String whole) {
    return n == all ? whole : "Sent, " + n + " of " + all + " " + word;
  }

  /** One recipient's state as a sentence of few words. */
  static String of(Recipient recipient, Message message) {
    if (recipient.complained()) return "Arrived, and was called unwanted";
    return switch (recipient.state()) {
      case PENDING -> pending(message);
      case ACCEPTED -> "Accepted, nothing came back so far";
      case REJECTED -> "Refused";
      case BOUNCED -> "Bounced: it came back after being accepted";
      case DELIVERED -> "Delivered, says a delivery report";
      case SUPPRESSED -> "Not tried: the address is blocked";
    };
  }

  private static String pending(Message message) {
    return switch (message.state()) {
      case CANCELLED -> "Not sent, cancelled";
      case UNCLEAR -> "Handed over, no answer";
      case DELAYED -> "Waiting for the next try";
      case SENDING -> "Being handed over";
      default -> "Waiting";
    };
  }

  static String icon(RecipientState state) {
    return switch (state) {
      case PENDING -> "clock";
      case ACCEPTED, DELIVERED -> "tick";
      case REJECTED, SUPPRESSED -> "cross";
      case BOUNCED -> "bounce";
    };
  }

  static boolean bad(RecipientState state) {
    return state == RecipientState.REJECTED
        || state == RecipientState.BOUNCED
        || state == RecipientState.SUPPRESSED;
  }
}
