package org.postroom.outbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The SQL of numbers: each looks at no more index entries than it can say. */
final class CountRows {
  private static final int ENOUGH = Counts.MOST + 1;

  private CountRows() {}

  static Map<MessageState, Long> states(Sql sql, String company, @Nullable String originId) {
    String each =
        Arrays.stream(MessageState.values())
            .map(state ->
                "SELECT '" + state.word() + "' AS state, (" + of(state, originId) + ") AS n")
            .collect(Collectors.joining(" UNION ALL "));
    Map<MessageState, Long> counts = new EnumMap<>(MessageState.class);
    sql.sql(each)
        .params(params(company, originId))
        .query(row -> {
          if (row.getLong("n") > 0)
            counts.put(MessageState.of(row.getString("state")), row.getLong("n"));
        });
    return counts;
  }

  private static String of(MessageState state, @Nullable String originId) {
    return bounded(
        "messages WHERE company_id = :company AND state = '"
            + state.word()
            + "'"
            + mine("messages", originId));
  }

  static long needAttention(Sql sql, String company) {
    return one(
        sql,
        "messages WHERE company_id = :company AND state IN ('held', 'unclear')",
        params(company, null));
  }

  static long forApproval(Sql sql, String company, @Nullable String originId) {
    return one(
        sql,
        "messages WHERE company_id = :company AND state = 'held' AND hold = 'APPROVAL'"
            + mine("messages", originId),
        params(company, originId));
  }

  static long bounced(Sql sql, String company, @Nullable String originId) {
    return one(
        sql,
        """
        (SELECT DISTINCT r.message_id FROM message_recipients r
         JOIN messages m ON m.company_id = r.company_id AND m.id = r.message_id
         WHERE r.company_id = :company AND r.state = 'bounced'\
        """
            + mine("m", originId)
            + ") AS returned",
        params(company, originId));
  }

  static long cameBack(Sql sql, String company, @Nullable String originId, Instant since) {
    Map<String, Object> params = params(company, originId);
    params.put("since", since.toEpochMilli());
    return one(
        sql,
        """
        (SELECT DISTINCT r.message_id FROM message_recipients r
         JOIN messages m ON m.company_id = r.company_id AND m.id = r.message_id
         WHERE r.company_id = :company AND r.state = 'bounced' AND r.changed_at >= :since
           AND NOT EXISTS (SELECT 1 FROM messages again
                           WHERE again.company_id = m.company_id AND again.resend_of = m.id)\
        """
            + mine("m", originId)
            + ") AS returned",
        params);
  }

  /** The states one after the other: each has an index in which those of the account are found. */
  static long waitingFor(Sql sql, AccountKey account) {
    Map<String, Object> params = params(account.company(), null);
    params.put("account", account.account());
    String ofAccount = "messages WHERE company_id = :company AND account_id = :account AND state ";
    long waiting = 0;
    for (String states : List.of("IN ('queued', 'delayed')", "= 'held'", "= 'sending'"))
      waiting += one(sql, ofAccount + states, params);
    return Math.min(waiting, ENOUGH);
  }

  private static long one(Sql sql, String from, Map<String, Object> params) {
    return sql.sql(bounded(from)).params(params).query(Long.class).single();
  }

  private static String bounded(String from) {
    return "SELECT count(*) FROM (SELECT 1 FROM " + from + " LIMIT " + ENOUGH + ") AS counted";
  }

  private static String mine(String messages, @Nullable String originId) {
    return originId == null ? "" : " AND " + messages + ".origin_id = :origin";
  }

  private static Map<String, Object> params(String company, @Nullable String originId) {
    Map<String, Object> params = new HashMap<>(Map.of("company", company));
    if (originId != null) params.put("origin", originId);
    return params;
  }
}
