package org.postroom.automations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.StoredDocument;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partner;

/**
 * An event and what it is about, read once for all automations.
 *
 * @param trial only a look: what was sent after the event does not count as sent before
 * @param stored null where the document is not known, or the event is about a partner
 * @param partner null where nobody is named or known
 */
record Matter(
    BusinessEvent event,
    Company company,
    @Nullable StoredDocument stored,
    @Nullable Partner partner,
    boolean trial) {

  Matter looking() {
    return new Matter(event, company, stored, partner, true);
  }

  /** Whether something that happened then was before this. */
  boolean follows(Instant then) {
    return !trial || then.isBefore(event.receivedAt());
  }

  boolean ofPartner() {
    return event.documentKind().equals(Told.PARTNER);
  }

  boolean known() {
    return ofPartner() ? partner != null : stored != null;
  }

  DocumentRef ref() {
    return new DocumentRef(event.documentKind(), event.documentNumber());
  }

  /** In sentences: "invoice INV-1". */
  String name() {
    return event.documentKind().replace('_', ' ') + " " + event.documentNumber();
  }

  /**
   * Which one of several mails of that automation about the document this would be; empty where
   * there is one at most. Without a word of its own, each event is a payment of its own.
   */
  String occasion(Automation automation) {
    String said = event.occasion();
    if (said != null) return said;
    if (!automation.repeats()) return "";
    return event.facts().getOrDefault("reference", event.id());
  }
}
