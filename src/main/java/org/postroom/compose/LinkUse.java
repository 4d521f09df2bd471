package org.postroom.compose;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String TOKEN = "([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])";
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

  /**
   * The link as the finished words carry it. Words a person has edited carry the address of the
   * look they had before; that one leads to the link then. Null where they carry none.
   */
  static @Nullable PlannedLink in(@Nullable PlannedLink planned, Words words) {
    if (planned == null || words.mention(planned.url())) return planned;
    int start = planned.url().length() - planned.token().length();
    String address = Pattern.quote(planned.url().substring(0, start));
    Matcher found = Pattern.compile(address + TOKEN).matcher(words.html() + " " + words.text());
    return found.find() ? planned.at(found.group(1)) : null;
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
