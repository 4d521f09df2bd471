package org.postroom.console.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.TimelineEntry;

/** One entry of a message's timeline as people see it. */
record Happening(
    String kind, String icon, String title, String detail, Instant at, @Nullable String reply) {

  /** Newest first. */
  static List<Happening> of(List<TimelineEntry> timeline) {
    List<Happening> all = new ArrayList<>();
    for (TimelineEntry entry : timeline) all.add(of(entry, all.isEmpty()));
    return all.reversed();
  }

  private static Happening of(TimelineEntry entry, boolean first) {
    return switch (entry.type()) {
      case "message.queued" ->
          first
              ? make(entry, "info", "mail", "Handed in")
              : make(entry, "info", "retry", "Back in line");
      case "message.held" -> make(entry, "warn", "pause", "On hold");
      case "message.sending" -> make(entry, "info", "send", "Sending");
      case "message.sent" -> make(entry, "ok", "tick", "Sent");
      case "message.delivered" -> make(entry, "ok", "tick", "Delivered");
      case "message.delayed" -> make(entry, "warn", "clock", "Put off by the server");
      case "message.not_sent" -> make(entry, "fail", "cross", "Not sent");
      case "message.bounced" -> make(entry, "fail", "bounce", "Came back");
      case "message.held_up" -> make(entry, "warn", "clock", "Still on its way");
      case "message.passed_on" -> make(entry, "info", "send", "Passed on");
      case "message.answered" -> make(entry, "info", "mail", "A machine answered");
      case "message.complained" -> make(entry, "fail", "warning", "Called unwanted");
      case "message.unclear" -> make(entry, "warn", "question", "No answer came");
      case "message.cancelled" -> make(entry, "info", "dash", "Cancelled");
      default -> make(entry, "info", "info", Row.words(entry.type().replace("message.", "")));
    };
  }

  private static Happening make(TimelineEntry entry, String kind, String icon, String title) {
    return new Happening(kind, icon, title, entry.detail(), entry.at(), entry.reply());
  }
}
