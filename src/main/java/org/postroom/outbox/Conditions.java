package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;

/** What a filter asks of the rows of {@code messages}, as SQL with its parameters. */
final class Conditions {
  /** How far the moment in an id may lie from when the message was accepted. */
  private static final Duration COMPOSING = Duration.ofDays(1);

  private final StringBuilder text = new StringBuilder();
  private final Map<String, Object> params = new HashMap<>();

  private Conditions(String company) {
    params.put("company", company);
  }

  /**
   * All but {@link MessageFilter#text}: one for each state the filter names, since each is a range
   * of an index in the order of the list, and all together are not.
   */
  static List<Conditions> each(String company, MessageFilter filter) {
    if (filter.states().isEmpty()) return List.of(of(company, filter));
    return filter.states().stream()
        .map(state ->
            of(company, filter).and(state(state, filter) + " = :state").with("state", state.word()))
        .toList();
  }

  /**
   * Most of an account's messages were sent: then its own index leads there, not that of states.
   */
  private static String state(MessageState state, MessageFilter filter) {
    boolean most = state == MessageState.SENT && filter.account() != null;
    return most ? "coalesce(state, '')" : "state";
  }

  private static Conditions of(String company, MessageFilter filter) {
    var all = new Conditions(company);
    all.equal("account_id", filter.account());
    all.equal("partner", filter.partner());
    all.document(filter.documentKind(), filter.documentNumber());
    all.equal("origin_id", filter.originId());
    all.equal("hold", filter.hold() == null ? null : filter.hold().name());
    if (filter.recipient() != null)
      all.and(
          """
          id IN (SELECT message_id FROM message_recipients
            WHERE company_id = :company AND state = '%s')\
          """
              .formatted(filter.recipient().word())); // as it stands: an index is of this word only
    if (filter.createdFrom() != null) all.from(filter.createdFrom());
    if (filter.createdBefore() != null) all.before(filter.createdBefore());
    return all;
  }

  Conditions and(String condition) {
    text.append(" AND ").append(condition);
    return this;
  }

  Conditions with(String name, Object value) {
    params.put(name, value);
    return this;
  }

  /** Those with smaller ids; null does not narrow. */
  Conditions olderThan(@Nullable String id) {
    return id == null ? this : and("id < :cursor").with("cursor", id);
  }

  /** What follows the condition on the company, which every statement names itself. */
  String text() {
    return text.toString();
  }

  Map<String, Object> params() {
    return params;
  }

  /** Ids sort by time, so the days are also a range of the key. */
  private void from(Instant moment) {
    and("created_at >= :createdFrom").with("createdFrom", moment.toEpochMilli());
    and("id >= :idFrom").with("idFrom", Ids.floor("msg", moment.minus(COMPOSING)));
  }

  private void before(Instant moment) {
    and("created_at < :createdBefore").with("createdBefore", moment.toEpochMilli());
    and("id < :idBefore").with("idBefore", Ids.floor("msg", moment.plus(COMPOSING)));
  }

  /** With kind and number: messages about the document, and those that carry it besides. */
  private void document(@Nullable String kind, @Nullable String number) {
    if (kind == null || kind.isBlank() || number == null || number.isBlank()) {
      equal("document_kind", kind);
      equal("document_number", number);
      return;
    }
    and("""
    ((document_kind = :kind AND document_number = :number) OR id IN (SELECT d.message_id FROM message_documents d
      WHERE d.company_id = messages.company_id AND d.document_kind = :kind AND d.document_number = :number))\
    """)
        .with("kind", kind)
        .with("number", number);
  }

  private void equal(String column, @Nullable String value) {
    if (value == null || value.isBlank()) return;
    and(column + " = :" + column).with(column, value);
  }
}
