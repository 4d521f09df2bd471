package org.postroom.payments.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Chip;
import org.postroom.payments.LinkWords;
import org.postroom.payments.PaymentLink;

/** A link as a line of a list. */
record LinkRow(
    String id,
    String about,
    String kind,
    @Nullable String customer,
    String amount,
    Chip state,
    Chip payment,
    @Nullable Instant openedAt,
    @Nullable Instant usedAt,
    Instant createdAt,
    String createdBy) {

  static LinkRow of(PaymentLink link, @Nullable String customer) {
    return new LinkRow(
        link.id(),
        LinkWords.about(link),
        LinkWords.kind(link.kind()),
        customer,
        LinkWords.money(link, link.amount()),
        LinkWords.state(link),
        LinkWords.payment(link),
        link.openedAt(),
        link.usedAt(),
        link.createdAt(),
        link.createdBy());
  }
}
