package org.postroom.bounces;

import org.postroom.bounces.Returned.OfRecipient;
import org.postroom.outbox.Returns.News;
import org.postroom.suppression.AddressFailure;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Component;

/**
 * Tells the list of blocked addresses what is an address's own fault, and that mail arrived. What
 * is ours, or the way's, or a machine's answer, is never told.
 */
@Component
class Blame {
  private final Suppressions suppressions;

  Blame(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  /** Joins the caller's transaction. */
  void of(News news, OfRecipient of, Bounce bounce, String address) {
    switch (news) {
      case COMPLAINED -> failed(AddressFailure.Kind.COMPLAINT, of, bounce, address);
      case BOUNCED -> {
        if (of.reason().fault() != Reason.Fault.ADDRESS) return;
        failed(
            of.hard() ? AddressFailure.Kind.HARD_BOUNCE : AddressFailure.Kind.SOFT_BOUNCE,
            of,
            bounce,
            address);
      }
      case DELIVERED -> suppressions.delivered(bounce.company(), address, bounce.at());
      case PASSED_ON, HELD_UP, ANSWERED -> {}
    }
  }

  private void failed(AddressFailure.Kind kind, OfRecipient of, Bounce bounce, String address) {
    String reply = Words.reply(of);
    suppressions.failed(
        new AddressFailure(
            bounce.company(),
            address,
            kind,
            bounce.message(),
            of.status(),
            reply == null ? of.reason().sentence() : reply,
            bounce.at()));
  }
}
