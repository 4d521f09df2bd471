package org.postroom.accounts.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.AccountEvent;
import org.postroom.accounts.AccountEvents;
import org.postroom.http.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/account_events")
class AccountEventController {
  private final AccountEvents events;

  AccountEventController(AccountEvents events) {
    this.events = events;
  }

  record Shown(
      String id,
      String type,
      String account,
      Instant at,
      String state,
      @Nullable String reason,
      @Nullable String notice) {
    static Shown of(AccountEvent event) {
      boolean told = event.notice() != null && !event.notice().equals(AccountEvent.NOBODY);
      return new Shown(
          event.id(),
          event.type().word(),
          event.account(),
          event.at(),
          event.state().word(),
          event.reason(),
          told ? event.notice() : null);
    }
  }

  /** In the order they happened. */
  @GetMapping
  Slice<Shown> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return events.list(caller.company(), Slice.limit(limit), cursor).map(Shown::of);
  }
}
