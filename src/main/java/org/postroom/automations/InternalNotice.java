package org.postroom.automations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.DocumentRef;

/** Shows people inside Postroom what they are not told by mail. */
public interface InternalNotice {

  /** Called in the transaction that ends the event, once for what it tells. */
  void tell(Notice notice);

  /**
   * @param event id of the business event, {@code evt_…}
   * @param partner name of whoever it came from, null where unknown
   * @param title one line: "Goods received: item receipt IR-7"
   * @param at when it happened, as far as it was said
   */
  record Notice(
      String company,
      String event,
      Automation automation,
      DocumentRef document,
      @Nullable String partner,
      String title,
      Instant at) {}
}
