package org.postroom.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;

/**
 * How many connections of an account each node has. A node asks under the account's lock and gets
 * what the others leave; one that holds more than its share gives some up when another has less.
 * Single connections are not passed on: one that was open counts for a while after it is given up,
 * and half of two connections would rest meanwhile.
 */
final class LaneRows {
  private LaneRows() {}

  private record Share(String node, int width, Instant until) {}

  /**
   * @param limit of the account, 0 for none
   * @param open connections this node may still have open
   * @return how many this node may use, 0 where others have them all
   */
  static int width(Sql sql, Turns.Ask ask, int limit, int open, Instant now) {
    if (limit == 0) return Integer.MAX_VALUE;
    if (sql.dialect() == Dialect.SQLITE) return limit; // nobody else is at work
    List<Share> all = shares(sql, ask.account(), now);
    List<Share> others = all.stream().filter(share -> !share.node().equals(ask.node())).toList();
    int free = Math.max(0, limit - others.stream().mapToInt(Share::width).sum());
    int fair = (limit + others.size()) / (others.size() + 1);
    boolean somebodyWantsMore = fair > 1 && others.stream().anyMatch(share -> share.width() < fair);
    int granted = somebodyWantsMore ? Math.min(free, Math.max(1, fair)) : free;
    keep(sql, ask, all, Math.max(granted, Math.min(free, open)), now);
    return granted;
  }

  private static List<Share> shares(Sql sql, AccountKey account, Instant now) {
    return sql.sql(
            "SELECT node, width, lease_until FROM account_lanes WHERE company_id = :company"
                + " AND account_id = :account AND lease_until > :now")
        .param("company", account.company())
        .param("account", account.account())
        .param("now", now.toEpochMilli())
        .query((row, n) ->
            new Share(row.getString(1), (int) row.getLong(2), Instant.ofEpochMilli(row.getLong(3))))
        .list();
  }

  /** Written where it changes or half of its time is over, not at each turn. */
  private static void keep(Sql sql, Turns.Ask ask, List<Share> all, int width, Instant now) {
    Instant soon = now.plus(ask.lease().dividedBy(2));
    boolean known =
        all.stream()
            .anyMatch(share ->
                share.node().equals(ask.node())
                    && share.width() == width
                    && share.until().isAfter(soon));
    if (known) return;
    sql.sql(
            """
            INSERT INTO account_lanes (company_id, account_id, node, width, lease_until)
            VALUES (:company, :account, :node, :width, :until)
            ON CONFLICT (company_id, account_id, node) DO UPDATE SET width = excluded.width,
              lease_until = excluded.lease_until
            """)
        .param("company", ask.account().company())
        .param("account", ask.account().account())
        .param("node", ask.node())
        .param("width", width)
        .param("until", now.plus(ask.lease()).toEpochMilli())
        .update();
  }

  /** Lanes that work hold on to their connections, however long one message takes. */
  static void renew(Sql sql, Collection<AccountKey> accounts, String node, Instant until) {
    if (sql.dialect() == Dialect.SQLITE) return;
    for (AccountKey account : accounts)
      sql.sql(
              "UPDATE account_lanes SET lease_until = :until WHERE company_id = :company"
                  + " AND account_id = :account AND node = :node")
          .param("until", until.toEpochMilli())
          .param("company", account.company())
          .param("account", account.account())
          .param("node", node)
          .update();
  }

  /** The node is going, or starts with nothing open. */
  static void leave(Sql sql, String node) {
    sql.sql("DELETE FROM account_lanes WHERE node = :node").param("node", node).update();
  }
}
