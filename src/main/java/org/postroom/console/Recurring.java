package org.postroom.console;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.bounces.ReturnedMailboxes;
import org.postroom.callbacks.WebhookDeliveries;
import org.postroom.compose.Downloads;
import org.postroom.compose.Undo;
import org.postroom.delivery.FindUnclear;
import org.postroom.http.Idempotency;
import org.postroom.ingress.KeyRules;
import org.postroom.keeping.Backups;
import org.postroom.keeping.Retention;
import org.postroom.notices.AccountNotices;
import org.postroom.notices.WarningNotices;
import org.postroom.notices.WebhookNotices;
import org.postroom.notifications.Notifications;
import org.postroom.payments.Gateways;
import org.postroom.reminders.Reminders;
import org.postroom.statements.MonthlyStatements;
import org.springframework.stereotype.Component;

/**
 * What runs by itself, all of it: one line each, calling one public verb. Over any number of nodes
 * each runs once per interval ({@link Turns}); a verb must still bear being run again, because a
 * node may die in the middle of it. Sending and handling events have threads of their own: they
 * wait for work, not for a time.
 */
@Component
class Recurring {
  private final Access access;
  private final List<Work> all;

  // More than four, for once: whatever runs by itself is to be read in this one place.
  Recurring(
      Access access,
      Idempotency idempotency,
      AccountNotices notices,
      WarningNotices warnings,
      WebhookNotices webhookNotices,
      WebhookDeliveries webhooks,
      Reminders reminders,
      MonthlyStatements statements,
      Undo undo,
      Downloads downloads,
      Gateways gateways,
      ReturnedMailboxes returned,
      Notifications notifications,
      Backups backups,
      Retention retention,
      KeyRules ingress,
      FindUnclear findUnclear) {
    this.access = access;
    this.all =
        List.of(
            new Work("notices about accounts", Every.minutes(1), notices::tell),
            new Work("warnings about accounts", Every.hour(), warnings::tell),
            new Work("notices about webhooks", Every.minutes(1), webhookNotices::tell),
            new Work("old webhook events", Every.hour(), webhooks::forgetOld),
            new Work("reminders", Every.minutes(1), reminders::run),
            new Work("monthly statements", Every.minutes(1), statements::beginDue),
            new Work("unclear messages in mailboxes", Every.minutes(1), findUnclear::look),
            new Work("payments providers are silent about", Every.minutes(10), gateways::askAgain),
            new Work("reports in mailboxes", Every.minutes(1), returned::look),
            new Work("old notifications", Every.hour(), notifications::forgetOld),
            new Work("what came over SMTP long ago", Every.hour(), ingress::forgetOld),
            new Work("old replies", Every.hour(), idempotency::forgetOld),
            new Work("files of drafts that were sent", Every.hour(), undo::forgetFiles),
            new Work("files of links that ended", nightly(2, 30), downloads::forgetEnded),
            new Work("backups", nightly(1, 30), backups::nightly),
            new Work("what is too old", nightly(3, 0), retention::forget));
  }

  /**
   * Something to be done again and again.
   *
   * @param name for people, and the key of its row
   */
  record Work(String name, Every every, Runnable verb) {}

  List<Work> all() {
    return all;
  }

  private Every nightly(int hour, int minute) {
    return Every.day(hour, minute, this::zone);
  }

  /** The installation's zone is its first company's. */
  private ZoneId zone() {
    return access.companies().stream().findFirst().map(Company::timeZone).orElse(ZoneOffset.UTC);
  }
}
