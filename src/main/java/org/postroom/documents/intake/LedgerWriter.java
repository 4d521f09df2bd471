package org.postroom.documents.intake;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The ledger of a statement to JSON; absent values are null. */
final class LedgerWriter {
  private LedgerWriter() {}

  static @Nullable ObjectNode write(@Nullable Ledger ledger) {
    if (ledger == null) return null;
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("kind", ledger.kind().word());
    out.put("from", text(ledger.from()));
    out.put("as_of", ledger.asOf().toString());
    ArrayNode groups = out.putArray("groups");
    ledger.groups().forEach(group -> groups.add(group(group)));
    return out;
  }

  private static ObjectNode group(Ledger.Group group) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("currency", group.currency());
    out.put("opening", plain(group.opening()));
    ArrayNode entries = out.putArray("entries");
    group.entries().forEach(entry -> entries.add(entry(entry)));
    ArrayNode ageing = out.putArray("ageing");
    group.ageing().forEach(bucket -> ageing.add(bucket(bucket)));
    out.put("balance", plain(group.balance()));
    return out;
  }

  private static ObjectNode entry(Ledger.Entry entry) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("date", entry.date().toString());
    out.put("due_date", text(entry.dueDate()));
    out.put("kind", entry.kind());
    out.put("number", entry.number());
    out.put("reference", entry.reference());
    out.put("amount", plain(entry.amount()));
    out.put("open", plain(entry.open()));
    return out;
  }

  private static ObjectNode bucket(Ledger.Bucket bucket) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("from_days", bucket.fromDays());
    out.put("to_days", bucket.toDays());
    out.put("amount", plain(bucket.amount()));
    return out;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
