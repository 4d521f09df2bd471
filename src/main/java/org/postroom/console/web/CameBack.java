package org.postroom.console.web;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.bounces.Bounce;
import org.postroom.bounces.Bounces;
import org.postroom.bounces.ReturnedMailboxes;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageState;
import org.springframework.stereotype.Component;

/** Why mail came back, in words, and whether we could see it at all. */
@Component
class CameBack {
  private final Bounces bounces;
  private final ReturnedMailboxes mailboxes;

  CameBack(Bounces bounces, ReturnedMailboxes mailboxes) {
    this.bounces = bounces;
    this.mailboxes = mailboxes;
  }

  /** The recipients with the reason where their copy came back. */
  List<Story.To> with(Message message, List<Story.To> recipients) {
    Map<String, String> reasons = reasons(message);
    if (reasons.isEmpty()) return recipients;
    return recipients.stream()
        .map(to -> {
          String reason = to.bounced() ? reasons.get(to.spec().toLowerCase(Locale.ROOT)) : null;
          return reason == null ? to : to.words("Came back: " + reason);
        })
        .toList();
  }

  /** It was sent through a mailbox that nobody reads, so nothing can be known. */
  boolean blind(Message message, @Nullable Account account) {
    return account != null
        && message.state() == MessageState.SENT
        && ReturnedMailboxes.way(account) != ReturnedMailboxes.Way.NONE
        && !mailboxes.of(message.company(), account.id()).enabled();
  }

  private Map<String, String> reasons(Message message) {
    Map<String, String> reasons = new HashMap<>();
    for (Bounce bounce : bounces.about(message))
      if (bounce.outcome() == Bounce.Outcome.BOUNCED)
        reasons.putIfAbsent(
            address(bounce, message).toLowerCase(Locale.ROOT), bounce.reason().sentence());
    return reasons;
  }

  /** A report that names nobody means the only recipient. */
  private static String address(Bounce bounce, Message message) {
    return bounce.address().isEmpty() && message.recipients().size() == 1
        ? message.recipients().getFirst().address().spec()
        : bounce.address();
  }
}
