package org.postroom.console;

import org.postroom.http.NavigationCount;
import org.postroom.outbox.Counts;
import org.springframework.stereotype.Component;

/** The number beside the outbox: messages on hold, and those nobody knows about. */
@Component
class NeedAttention implements NavigationCount {
  private final Counts counts;

  NeedAttention(Counts counts) {
    this.counts = counts;
  }

  @Override
  public String path() {
    return "/outbox";
  }

  @Override
  public long count(String company) {
    return counts.needAttention(company);
  }
}
