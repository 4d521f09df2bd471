package org.postroom.outbox;

import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postroom.db.Dialect;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;

/** The statements of claiming and settling. */
final class ClaimRows {
  /** How many are taken up in one transaction. */
  static final int MOST_LEFT = 1000;

  private static final String OURS =
      " WHERE company_id = :company AND id = :id AND fence = :fence AND lease_owner = :node";

  private ClaimRows() {}

  /** What a node left behind in state sending. */
  record Left(String company, String message, long fence, boolean handedOver) {}

  /**
   * Takes at most so many. What is picked is picked once: as a subquery PostgreSQL may run it again
   * for each row, skip what it has locked itself, and take more.
   */
  static List<Claim> claim(
      Sql sql, AccountKey account, long bulk, int most, String node, Instant now, Instant until) {
    record Row(
        String id, long fence, String returnPath, int attempts, Instant createdAt, String origin) {}
    List<Row> rows =
        sql.sql(
                """
                WITH picked AS MATERIALIZED (
                  SELECT id FROM messages
                  WHERE company_id = :company AND account_id = :account AND state IN ('queued', 'delayed') AND bulk = :bulk AND due_at <= :now
                  ORDER BY due_at, id LIMIT :most %s)
                UPDATE messages SET state = 'sending', lease_owner = :node, lease_until = :until, fence = fence + 1, handed_over_at = NULL,
                  tries = tries + 1
                WHERE company_id = :company AND id IN (SELECT id FROM picked)
                RETURNING id, fence, return_path, attempts, created_at, origin_kind
                """
                    .formatted(sql.dialect().skipLocked()))
            .param("node", node)
            .param("until", until.toEpochMilli())
            .param("company", account.company())
            .param("account", account.account())
            .param("bulk", bulk)
            .param("now", now.toEpochMilli())
            .param("most", most)
            .query((row, n) ->
                new Row(
                    row.getString(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getInt(4),
                    Instant.ofEpochMilli(row.getLong(5)),
                    row.getString(6)))
            .list();
    if (rows.isEmpty()) return List.of();
    Map<String, List<Address>> open =
        openRecipients(sql, account.company(), rows.stream().map(Row::id).toList());
    return rows.stream()
        .sorted(java.util.Comparator.comparing(Row::id))
        .map(row ->
            new Claim(
                account.company(),
                row.id(),
                account.account(),
                node,
                row.fence(),
                new Envelope(Address.of(row.returnPath()), open.getOrDefault(row.id(), List.of())),
                row.attempts(),
                row.createdAt(),
                now,
                row.origin()))
        .toList();
  }

  static void renew(Sql sql, Claim claim, Instant until) {
    ours(sql, claim, "UPDATE messages SET lease_until = :until" + OURS + " AND state = 'sending'")
        .param("until", until.toEpochMilli())
        .update();
  }

  static boolean mark(Sql sql, Claim claim, Instant now) {
    return ours(
                sql,
                claim,
                "UPDATE messages SET handed_over_at = :now"
                    + OURS
                    + " AND state = 'sending' AND lease_until > :now")
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Ends a claim before anything was handed over: cancelled, or back in line until then. */
  static void putBack(Sql sql, Claim claim, MessageState state, Instant due, String note) {
    boolean settled = state.settled();
    ours(
            sql,
            claim,
            "UPDATE messages SET state = :state, due_at = :due, settled_at = :settled, note = :note,"
                + " lease_owner = NULL, lease_until = NULL, tries = tries - 1"
                + OURS
                + " AND state = 'sending'")
        .param("state", state.word())
        .param("due", due.toEpochMilli())
        .param("settled", settled ? due.toEpochMilli() : null, Types.BIGINT)
        .param("note", note)
        .update();
  }

  static void release(Sql sql, Claim claim) {
    ours(
            sql,
            claim,
            "UPDATE messages SET state = 'queued', lease_owner = NULL, lease_until = NULL, tries = tries - 1"
                + OURS
                + " AND state = 'sending' AND handed_over_at IS NULL")
        .update();
  }

  /**
   * A message that is still ours.
   *
   * @param tries this one included
   * @param acceptedBefore whether an earlier try reached some recipient
   */
  record Ours(long tries, boolean acceptedBefore) {}

  /**
   * Nobody claimed it after us, and it is not settled: being sent by us, or unclear since our lease
   * ended. Nobody changes it until the transaction ends.
   */
  static Optional<Ours> ours(Sql sql, Claim claim) {
    String locked = sql.dialect() == Dialect.POSTGRESQL ? " FOR UPDATE" : "";
    return ours(
            sql,
            claim,
            """
            SELECT tries, EXISTS (SELECT 1 FROM message_recipients r
              WHERE r.company_id = messages.company_id AND r.message_id = messages.id
                AND r.state IN ('accepted', 'delivered', 'bounced'))
            FROM messages\
            """
                + OURS
                + " AND state IN ('sending', 'unclear')"
                + locked)
        .query((row, n) -> new Ours(row.getLong(1), row.getBoolean(2)))
        .optional();
  }

  static void settle(Sql sql, Claim claim, Settlement settlement, Instant now) {
    // An unclear message keeps its owner, so that a late answer can still settle it.
    boolean unclear = settlement.state() == MessageState.UNCLEAR;
    ours(
            sql,
            claim,
            "UPDATE messages SET state = :state, due_at = :due, settled_at = :settled, attempts = attempts + :charged, hold = :hold, note = :note,"
                + " lease_owner = :owner, lease_until = NULL, handed_over_at = CASE WHEN :state = 'unclear' THEN handed_over_at ELSE NULL END"
                + OURS)
        .param("state", settlement.state().word())
        .param("due", settlement.dueAt().toEpochMilli())
        .param("settled", settlement.state().settled() ? now.toEpochMilli() : null, Types.BIGINT)
        .param("charged", settlement.charged() ? 1 : 0)
        .param("hold", settlement.hold() == null ? null : settlement.hold().name(), Types.VARCHAR)
        .param("note", settlement.note(), Types.VARCHAR)
        .param("owner", unclear ? claim.node() : null, Types.VARCHAR)
        .update();
  }

  /** Claims whose lease has ended. */
  static List<Left> ended(Sql sql, Instant now) {
    return left(sql, "lease_until < :now", Map.of("now", now.toEpochMilli()));
  }

  /** Claims that died with an earlier life of the node. */
  static List<Left> heldBy(Sql sql, Node node) {
    if (node.alone()) return left(sql, "lease_until IS NOT NULL", Map.of());
    return left(
        sql, "lease_until IS NOT NULL AND lease_owner = :node", Map.of("node", node.name()));
  }

  private static List<Left> left(Sql sql, String which, Map<String, Object> params) {
    return sql.sql(
            "SELECT company_id, id, fence, handed_over_at FROM messages WHERE state = 'sending' AND "
                + which
                + " ORDER BY lease_until LIMIT "
                + MOST_LEFT
                + " "
                + sql.dialect().skipLocked())
        .params(params)
        .query((row, n) -> {
          boolean handedOver = row.getObject(4) != null;
          return new Left(row.getString(1), row.getString(2), row.getLong(3), handedOver);
        })
        .list();
  }

  static void recover(Sql sql, Left left, MessageState state, Instant now) {
    sql.sql(
            """
            UPDATE messages SET state = :state, due_at = :now, settled_at = :settled, lease_until = NULL, note = :note
            WHERE company_id = :company AND id = :id AND fence = :fence AND state = 'sending'
            """)
        .param("state", state.word())
        .param("now", now.toEpochMilli())
        .param("settled", state.settled() ? now.toEpochMilli() : null, Types.BIGINT)
        .param(
            "note",
            state == MessageState.UNCLEAR ? "Interrupted while handing over." : null,
            Types.VARCHAR)
        .param("company", left.company())
        .param("id", left.message())
        .param("fence", left.fence())
        .update();
  }

  private static Map<String, List<Address>> openRecipients(
      Sql sql, String company, List<String> ids) {
    Map<String, List<Address>> open = new HashMap<>();
    sql.sql(
            "SELECT message_id, address FROM message_recipients WHERE company_id = :company AND message_id IN (:ids) AND state = 'pending' ORDER BY message_id, position")
        .param("company", company)
        .param("ids", ids)
        .query(row -> {
          open.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
              .add(Address.of(row.getString(2)));
        });
    return open;
  }

  private static org.springframework.jdbc.core.simple.JdbcClient.StatementSpec ours(
      Sql sql, Claim claim, String statement) {
    return sql.sql(statement)
        .param("company", claim.company())
        .param("id", claim.message())
        .param("fence", claim.fence())
        .param("node", claim.node());
  }
}
