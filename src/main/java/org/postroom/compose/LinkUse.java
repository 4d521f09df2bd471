package org.postroom.compose;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.payments.PlannedLink;
import org.springframework.stereotype.Component;

/** The link a mail carries to pay or to approve what it is about. */
@Component
class LinkUse {
  private final PaymentLinks links;

  LinkUse(PaymentLinks links) {
    this.links = links;
  }

  /** Null where the mail carries none. Nothing is kept. */
  @Nullable PlannedLink plan(Caller caller, Company company, Subject subject) {
    if (subject.stored() == null || subject.purpose() == null) return null;
    Optional<PlannedLink> planned =
        links.plan(caller, company, subject.purpose(), subject.stored());
    return planned.orElse(null);
  }

  /** With the message, in its transaction: the link works when the mail arrives. */
  void keep(Composition composition) {
    if (composition.link() != null) links.keep(composition.link(), composition.id());
  }

  /** The placeholder within {@code links}. */
  static String word(PlannedLink link) {
    return link.link().kind() == PaymentLink.Kind.APPROVAL ? "approve" : "pay";
  }
}
