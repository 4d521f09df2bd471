package org.postroom.outbox;

import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.happenings.HappeningType;
import org.postroom.happenings.Happenings;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Accepted;
import org.postroom.transport.Outcome.Deferred;
import org.postroom.transport.Outcome.Rejected;
import org.postroom.transport.Outcome.Unclear;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/** The rows of what happened: tries and timeline. Written once, never changed. */
final class HistoryRows {
  /** Says along whether anybody else hears it: one statement for both. */
  private static final String TELL =
      """
      INSERT INTO message_events (company_id, message_id, id, at, type, detail, reply)
      VALUES (:company, :message, :id, :at, :type, :detail, :reply)
      RETURNING %s
      """
          .formatted(Happenings.HEARD);

  private HistoryRows() {}

  static void tell(
      Sql sql,
      String company,
      String message,
      Instant at,
      String type,
      String detail,
      @Nullable String reply) {
    tell(sql, company, message, at, type, detail, reply, null);
  }

  /**
   * With the address it is about. Other systems hear it too, where the company wants them to.
   *
   * @param address null where it is about the message as a whole
   */
  static void tell(
      Sql sql,
      String company,
      String message,
      Instant at,
      String type,
      String detail,
      @Nullable String reply,
      @Nullable String address) {
    boolean heard = write(sql, company, message, at, type, detail, reply);
    HappeningType happening = heard ? HappeningType.of(type).orElse(null) : null;
    if (happening != null)
      Happenings.write(sql, company, happening, message, facts(detail, reply, address), at);
  }

  /** What is known of it at that moment alone. */
  static Map<String, @Nullable Object> facts(
      String detail, @Nullable String reply, @Nullable String address) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("detail", detail);
    facts.put("reply", reply);
    facts.put("address", address);
    return facts;
  }

  /** True where other systems want to hear of the company. */
  private static boolean write(
      Sql sql,
      String company,
      String message,
      Instant at,
      String type,
      String detail,
      @Nullable String reply) {
    return sql.sql(TELL)
            .param("company", company)
            .param("message", message)
            .param("id", Ids.next("mev"))
            .param("at", at.toEpochMilli())
            .param("type", type)
            .param("detail", detail)
            .param("reply", reply, Types.VARCHAR)
            .query(Long.class)
            .single()
        > 0;
  }

  static List<TimelineEntry> timeline(Sql sql, String company, String message) {
    return sql.sql(
            "SELECT * FROM message_events WHERE company_id = :company AND message_id = :message ORDER BY id")
        .param("company", company)
        .param("message", message)
        .query((row, n) ->
            new TimelineEntry(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("type"),
                row.getString("detail"),
                row.getString("reply")))
        .list();
  }

  static void attempt(Sql sql, Claim claim, long number, Outcome outcome, Instant endedAt) {
    Failure failure = failure(outcome);
    Reply reply =
        outcome instanceof Accepted accepted
            ? accepted.reply()
            : failure == null ? Reply.none("") : failure.reply();
    sql.sql(
            """
            INSERT INTO message_attempts (company_id, message_id, number, account_id, node, started_at, ended_at, outcome,
              kind, stage, scope, reply_code, reply_enhanced, reply_text, recipients)
            VALUES (:company, :message, :number, :account, :node, :started, :ended, :outcome,
              :kind, :stage, :scope, :code, :enhanced, :text, :recipients)
            ON CONFLICT (company_id, message_id, number) DO UPDATE SET ended_at = excluded.ended_at, outcome = excluded.outcome,
              kind = excluded.kind, stage = excluded.stage, scope = excluded.scope, reply_code = excluded.reply_code,
              reply_enhanced = excluded.reply_enhanced, reply_text = excluded.reply_text, recipients = excluded.recipients
            """)
        .param("recipients", Math.max(1, claim.envelope().recipients().size()))
        .param("company", claim.company())
        .param("message", claim.message())
        .param("number", number)
        .param("account", claim.account())
        .param("node", claim.node())
        .param("started", claim.claimedAt().toEpochMilli())
        .param("ended", endedAt.toEpochMilli())
        .param("outcome", word(outcome))
        .param("kind", failure == null ? null : failure.kind().name(), Types.VARCHAR)
        .param("stage", failure == null ? null : failure.stage().name(), Types.VARCHAR)
        .param("scope", failure == null ? null : failure.scope().name(), Types.VARCHAR)
        .param("code", reply.code())
        .param("enhanced", reply.enhanced(), Types.VARCHAR)
        .param("text", reply.text())
        .update();
  }

  /**
   * The try that nobody ended: it may have arrived, so it counts against the account's limits. A
   * late answer takes its place.
   */
  static void interrupted(Sql sql, ClaimRows.Left left, Instant now) {
    sql.sql(
            """
            INSERT INTO message_attempts (company_id, message_id, number, account_id, node, started_at, ended_at, outcome,
              kind, stage, scope, reply_code, reply_text, recipients)
            SELECT m.company_id, m.id, m.tries, m.account_id, COALESCE(m.lease_owner, ''), m.handed_over_at, :now, 'unclear',
              'ANSWER_LOST', 'CONTENT', 'MESSAGE', 0, 'Interrupted while handing over.',
              (SELECT count(*) FROM message_recipients r
               WHERE r.company_id = m.company_id AND r.message_id = m.id AND r.state = 'pending')
            FROM messages m WHERE m.company_id = :company AND m.id = :id AND m.fence = :fence AND m.state = 'sending'
            ON CONFLICT (company_id, message_id, number) DO NOTHING
            """)
        .param("now", now.toEpochMilli())
        .param("company", left.company())
        .param("id", left.message())
        .param("fence", left.fence())
        .update();
  }

  static List<Attempt> attempts(Sql sql, String company, String message) {
    return sql.sql(
            "SELECT * FROM message_attempts WHERE company_id = :company AND message_id = :message ORDER BY number")
        .param("company", company)
        .param("message", message)
        .query((row, n) -> {
          String kind = row.getString("kind");
          String stage = row.getString("stage");
          String scope = row.getString("scope");
          return new Attempt(
              (int) row.getLong("number"),
              row.getString("account_id"),
              row.getString("node"),
              Instant.ofEpochMilli(row.getLong("started_at")),
              Instant.ofEpochMilli(row.getLong("ended_at")),
              row.getString("outcome"),
              kind == null ? null : FailureKind.valueOf(kind),
              stage == null ? null : Stage.valueOf(stage),
              scope == null ? null : Scope.valueOf(scope),
              new Reply(
                  (int) row.getLong("reply_code"),
                  row.getString("reply_enhanced"),
                  row.getString("reply_text")));
        })
        .list();
  }

  static @Nullable Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Accepted ignored -> null;
      case Deferred deferred -> deferred.failure();
      case Rejected rejected -> rejected.failure();
      case Unclear unclear -> unclear.failure();
    };
  }

  static String word(Outcome outcome) {
    return switch (outcome) {
      case Accepted ignored -> "accepted";
      case Deferred ignored -> "deferred";
      case Rejected ignored -> "rejected";
      case Unclear ignored -> "unclear";
    };
  }
}
