package org.postroom.documents;

import java.util.Locale;
import java.util.Map;

/** The part {@code statement} of the model. */
final class LedgerFacts {
  private LedgerFacts() {}

  static Map<String, Object> of(Ledger ledger, Locale language) {
    return new Facts()
        .put("kind", ledger.kind().name().toLowerCase(Locale.ROOT))
        .put("from", ledger.from())
        .put("as_of", ledger.asOf())
        .list("groups", ledger.groups(), group -> group(group, language))
        .map();
  }

  private static Map<String, Object> group(Ledger.Group group, Locale language) {
    return new Facts()
        .put("currency", group.currency())
        .put("opening", group.opening())
        .put("balance", group.balance())
        .list("entries", group.entries(), entry -> entry(entry, language))
        .list("ageing", group.ageing(), LedgerFacts::bucket)
        .map();
  }

  private static Map<String, Object> entry(Ledger.Entry entry, Locale language) {
    return new Facts()
        .put("date", entry.date())
        .put("due_date", entry.dueDate())
        .put("kind", entry.kind())
        .put(
            "kind_label",
            DocumentKind.of(entry.kind())
                .map(kind -> Layouts.kindLabel(kind, language))
                .orElse(null))
        .put("number", entry.number())
        .put("reference", entry.reference())
        .put("amount", entry.amount())
        .put("open", entry.open())
        .map();
  }

  private static Map<String, Object> bucket(Ledger.Bucket bucket) {
    return new Facts()
        .put("from_days", bucket.fromDays())
        .put("to_days", bucket.toDays())
        .put("amount", bucket.amount())
        .map();
  }
}
