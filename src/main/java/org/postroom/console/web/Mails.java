package org.postroom.console.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;

/** The latest messages about something, as the caller may see them. */
@Component
class Mails {
  private final Outbox outbox;
  private final Names names;
  private final Database database;

  Mails(Outbox outbox, Names names, Database database) {
    this.outbox = outbox;
    this.names = names;
    this.database = database;
  }

  List<Mail> latest(Caller caller, MessageFilter filter, int most) {
    ZoneId zone = names.zone(caller.company());
    Instant now = database.now();
    return outbox.list(caller, filter, most, null).data().stream()
        .map(message -> new Mail(message, Status.of(message, zone, now)))
        .toList();
  }
}
