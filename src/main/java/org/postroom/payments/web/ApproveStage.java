package org.postroom.payments.web;

import java.time.LocalDate;
import java.util.Locale;
import org.postroom.payments.LinkAnswers;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.payments.PaymentLink.State;

/** What the page for deciding is about. */
enum ApproveStage {
  APPROVE,
  APPROVED,
  DECLINED,
  EXPIRED,
  WITHDRAWN,
  GONE;

  static ApproveStage of(Visit visit) {
    PaymentLink link = visit.link();
    if (link.payment() == Payment.APPROVED) return APPROVED;
    if (link.payment() == Payment.NOT_APPROVED) return DECLINED;
    if (link.state() == State.WITHDRAWN) return WITHDRAWN;
    if (link.state() == State.EXPIRED) return EXPIRED;
    if (visit.lacksDocuments()) return GONE;
    return isTooLate(visit) ? EXPIRED : APPROVE;
  }

  private static boolean isTooLate(Visit visit) {
    LocalDate until = LinkAnswers.validUntil(visit.documents().getFirst().document());
    LocalDate today = visit.now().atZone(visit.company().timeZone()).toLocalDate();
    return until != null && until.isBefore(today);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isDecided() {
    return this == APPROVED || this == DECLINED;
  }

  /** A decided quote stays readable as long as it is there. */
  boolean showsDocuments() {
    return this == APPROVE || isDecided();
  }

  int status() {
    return showsDocuments() ? 200 : 410;
  }
}
