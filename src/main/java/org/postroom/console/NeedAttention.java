package org.postroom.console;

import org.postroom.http.NavigationCount;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;

/** The number beside the outbox: messages on hold, and those nobody knows about. */
@Component
class NeedAttention implements NavigationCount {
  private final Outbox outbox;

  NeedAttention(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public String path() {
    return "/outbox";
  }

  @Override
  public long count(String company) {
    return outbox.needAttention(company);
  }
}
