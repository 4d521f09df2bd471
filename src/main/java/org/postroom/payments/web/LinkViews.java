package org.postroom.payments.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.payments.Paid;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.springframework.stereotype.Component;

/** What pages and API show of links, and what they take. */
@Component
class LinkViews {
  private final PaymentLinks links;
  private final Access access;
  private final Database database;

  LinkViews(PaymentLinks links, Access access, Database database) {
    this.links = links;
    this.access = access;
    this.database = database;
  }

  /** Null where customers cannot reach this installation. */
  @Nullable String url(PaymentLink link) {
    try {
      return links.url(link);
    } catch (Problem nobodyCanReachUs) {
      return null;
    }
  }

  ZoneId zone(Caller caller) {
    return access.company(caller.company()).timeZone();
  }

  Instant now() {
    return database.now();
  }

  /** In the company's zone. */
  LocalDate today(Caller caller) {
    return now().atZone(zone(caller)).toLocalDate();
  }

  /** Money that somebody saw; noon of its day, which is that day in the company's zone. */
  Paid paid(Caller caller, PaymentLink link, LinkJson.Noted noted) {
    Instant at = noted.date().atTime(12, 0).atZone(zone(caller)).toInstant();
    String currency = Objects.requireNonNullElse(noted.currency(), link.currency());
    return new Paid(noted.reference(), noted.amount(), currency, at, "by hand");
  }
}
