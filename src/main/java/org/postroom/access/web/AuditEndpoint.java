package org.postroom.access.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/audit}: who changed what. */
@RestController
class AuditEndpoint {
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private final Audit audit;

  AuditEndpoint(Audit audit) {
    this.audit = audit;
  }

  @GetMapping("/api/v1/audit")
  Slice<Audit.Entry> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String what,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(required = false) @Nullable String until,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter =
        new Audit.Filter(actor, what, subject, moment("since", since), moment("until", until));
    return audit.list(caller, filter, Slice.limit(limit), cursor);
  }

  private static @Nullable Instant moment(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) return null;
    try {
      Instant moment = OffsetDateTime.parse(text).toInstant();
      if (moment.isAfter(Instant.EPOCH) && moment.isBefore(END)) return moment;
    } catch (DateTimeParseException none) {
      // told below
    }
    throw Problem.invalid(
        name, "invalid", name + " must be a moment such as 2026-03-01T10:00:00Z.");
  }
}
