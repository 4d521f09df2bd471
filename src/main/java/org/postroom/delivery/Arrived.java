package org.postroom.delivery;

import java.time.Duration;
import java.time.Instant;
import org.postroom.outbox.Outbox;
import org.postroom.suppression.Successes;
import org.springframework.stereotype.Component;

/**
 * Mail that a server took and that did not come back for days has arrived, as far as we can see.
 */
@Component
class Arrived implements Successes {
  private static final Duration COMES_BACK_WITHIN = Duration.ofDays(5);
  private final Outbox outbox;

  Arrived(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public boolean between(String company, String address, Instant from, Instant until) {
    return outbox.stayedAway(company, address, from, until.minus(COMES_BACK_WITHIN));
  }
}
