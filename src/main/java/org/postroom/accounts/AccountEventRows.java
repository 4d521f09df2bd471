package org.postroom.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account.Health.State;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.happenings.HappeningType;
import org.postroom.happenings.Happenings;

/** The SQL of what happened to accounts. */
final class AccountEventRows {
  private AccountEventRows() {}

  static void insert(
      Sql sql,
      String company,
      String account,
      AccountEvent.Type type,
      State state,
      @Nullable String reason,
      Instant now) {
    sql.sql(
            """
            INSERT INTO account_events (company_id, id, account_id, at, type, state, reason)
            VALUES (:company, :id, :account, :at, :type, :state, :reason)\
            """)
        .param("company", company)
        .param("id", Ids.next("aev"))
        .param("account", account)
        .param("at", now.toEpochMilli())
        .param("type", type.name())
        .param("state", state.name())
        .param("reason", reason, Types.VARCHAR)
        .update();
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("state", state.name().toLowerCase(Locale.ROOT));
    facts.put("reason", reason);
    Happenings.write(sql, company, happening(type), account, facts, now);
  }

  private static HappeningType happening(AccountEvent.Type type) {
    return switch (type) {
      case NEEDS_ATTENTION -> HappeningType.ACCOUNT_NEEDS_ATTENTION;
      case RECOVERED -> HappeningType.ACCOUNT_RECOVERED;
    };
  }

  /** In the order they happened. */
  static List<AccountEvent> after(Sql sql, String company, String id, int most) {
    return sql.sql(
            "SELECT * FROM account_events WHERE company_id = :company AND id > :id ORDER BY id LIMIT :most")
        .param("company", company)
        .param("id", id)
        .param("most", most)
        .query(AccountEventRows::event)
        .list();
  }

  static List<AccountEvent> open(Sql sql, String company) {
    return sql.sql(
            "SELECT * FROM account_events WHERE company_id = :company AND notice IS NULL ORDER BY id LIMIT 200")
        .param("company", company)
        .query(AccountEventRows::event)
        .list();
  }

  /** The trouble that this recovery ended. */
  static Optional<AccountEvent> troubleBefore(Sql sql, AccountEvent recovered) {
    return sql.sql(
            """
            SELECT * FROM account_events
            WHERE company_id = :company AND account_id = :account AND id < :id
              AND type = 'NEEDS_ATTENTION'
            ORDER BY id DESC LIMIT 1\
            """)
        .param("company", recovered.company())
        .param("account", recovered.account())
        .param("id", recovered.id())
        .query(AccountEventRows::event)
        .optional();
  }

  /** False where another was faster. */
  static boolean told(Sql sql, AccountEvent event, String notice) {
    return sql.sql(
                "UPDATE account_events SET notice = :notice"
                    + " WHERE company_id = :company AND id = :id AND notice IS NULL")
            .param("notice", notice)
            .param("company", event.company())
            .param("id", event.id())
            .update()
        == 1;
  }

  private static AccountEvent event(ResultSet row, int number) throws SQLException {
    return new AccountEvent(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("account_id"),
        Instant.ofEpochMilli(row.getLong("at")),
        AccountEvent.Type.valueOf(row.getString("type")),
        State.valueOf(row.getString("state")),
        row.getString("reason"),
        row.getString("notice"));
  }
}
