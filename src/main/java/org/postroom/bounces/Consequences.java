package org.postroom.bounces;

import org.postroom.bounces.Returned.OfRecipient;
import org.postroom.outbox.Message;
import org.postroom.outbox.Returns.Effect;
import org.postroom.outbox.Returns.Heard;
import org.postroom.outbox.Returns.News;
import org.springframework.stereotype.Component;

/** What follows from a report that said something new: for the address, and for our people. */
@Component
class Consequences {
  private final Blame blame;
  private final CameBack cameBack;

  Consequences(Blame blame, CameBack cameBack) {
    this.blame = blame;
    this.cameBack = cameBack;
  }

  /** Joins the caller's transaction. */
  void of(News news, OfRecipient of, Bounce bounce, Heard heard, Message message) {
    String address = heard.address();
    if (heard.effect() == Effect.NOTHING || address == null) return;
    blame.of(news, of, bounce, address);
    if (heard.effect() == Effect.CHANGED) cameBack.tell(news, of, message, address);
  }
}
