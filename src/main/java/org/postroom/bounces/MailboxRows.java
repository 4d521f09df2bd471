package org.postroom.bounces;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.ReadMailbox.Server;
import org.postroom.db.Sql;
import org.postroom.transport.Login;

/** The SQL of mailboxes that are read. */
final class MailboxRows {
  private MailboxRows() {}

  /**
   * @param password sealed, null where none is kept
   */
  record Stored(ReadMailbox mailbox, @Nullable String password, Position position) {}

  static Optional<Stored> find(Sql sql, String company, String account) {
    return sql.sql(
            "SELECT * FROM bounce_mailboxes WHERE company_id = :company AND account_id = :account")
        .param("company", company)
        .param("account", account)
        .query((row, n) -> stored(row))
        .optional();
  }

  /** Those whose turn it is, the longest waiting first. */
  static List<Stored> due(Sql sql, Instant now, int most) {
    return sql.sql(
            """
            SELECT * FROM bounce_mailboxes WHERE enabled = 1 AND next_look <= :now
            ORDER BY next_look LIMIT :most
            """)
        .param("now", now.toEpochMilli())
        .param("most", most)
        .query((row, n) -> stored(row))
        .list();
  }

  /** Takes the look at a mailbox; false where another node has it already. */
  static boolean claim(Sql sql, ReadMailbox mailbox, Instant now, Instant until) {
    return sql.sql(
                """
                UPDATE bounce_mailboxes SET next_look = :until
                WHERE company_id = :company AND account_id = :account AND enabled = 1 AND next_look <= :now
                """)
            .param("until", until.toEpochMilli())
            .param("company", mailbox.company())
            .param("account", mailbox.account())
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  static void save(Sql sql, Stored stored) {
    ReadMailbox mailbox = stored.mailbox();
    Server server = mailbox.server();
    sql.sql(
            """
            INSERT INTO bounce_mailboxes (company_id, account_id, enabled, host, port, security, username, own_password,
              password, folder, junk, mark_read, position, mails, found, next_look)
            VALUES (:company, :account, :enabled, :host, :port, :security, :username, :own, :password, :folder, :junk,
              :mark, :position, 0, 0, 0)
            ON CONFLICT (company_id, account_id) DO UPDATE SET enabled = :enabled, host = :host, port = :port,
              security = :security, username = :username, own_password = :own, password = :password, folder = :folder,
              junk = :junk, mark_read = :mark, position = :position, trouble = NULL, finding = NULL, next_look = 0
            """)
        .param("company", mailbox.company())
        .param("account", mailbox.account())
        .param("enabled", Sql.bit(mailbox.enabled()))
        .param("host", server == null ? null : server.host(), Types.VARCHAR)
        .param("port", server == null ? null : server.port(), Types.BIGINT)
        .param("security", server == null ? null : server.security().name(), Types.VARCHAR)
        .param("username", server == null ? null : server.username(), Types.VARCHAR)
        .param("own", Sql.bit(stored.password() != null))
        .param("password", stored.password(), Types.VARCHAR)
        .param("folder", mailbox.folder())
        .param("junk", Sql.bit(mailbox.junk()))
        .param("mark", Sql.bit(mailbox.markRead()))
        .param("position", stored.position().json())
        .update();
  }

  /** How far it came; what was read before the next such note is read once more after a crash. */
  static void reached(Sql sql, ReadMailbox mailbox, Position position, long mails, long found) {
    sql.sql(
            """
            UPDATE bounce_mailboxes SET position = :position, mails = mails + :mails, found = found + :found
            WHERE company_id = :company AND account_id = :account
            """)
        .param("position", position.json())
        .param("mails", mails)
        .param("found", found)
        .param("company", mailbox.company())
        .param("account", mailbox.account())
        .update();
  }

  static void looked(
      Sql sql, ReadMailbox mailbox, Instant now, Instant next, @Nullable Trouble trouble) {
    sql.sql(
            """
            UPDATE bounce_mailboxes SET looked_at = :now, next_look = :next, trouble = :trouble, finding = :kind,
              worked_at = CASE WHEN :worked = 1 THEN :now ELSE worked_at END
            WHERE company_id = :company AND account_id = :account
            """)
        .param("now", now.toEpochMilli())
        .param("next", next.toEpochMilli())
        .param("trouble", trouble == null ? null : trouble.what(), Types.VARCHAR)
        .param("kind", trouble == null ? null : trouble.kind().name(), Types.VARCHAR)
        .param("worked", Sql.bit(trouble == null))
        .param("company", mailbox.company())
        .param("account", mailbox.account())
        .update();
  }

  static void delete(Sql sql, String company, String account) {
    sql.sql(
            "DELETE FROM bounce_mailboxes WHERE company_id = :company AND account_id = :account")
        .param("company", company)
        .param("account", account)
        .update();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    String host = row.getString("host");
    Server server =
        host == null
            ? null
            : new Server(
                host,
                row.getInt("port"),
                Login.Security.valueOf(row.getString("security")),
                row.getString("username"),
                row.getLong("own_password") == 1);
    String kind = row.getString("finding");
    Trouble trouble =
        kind == null ? null : new Trouble(Trouble.Kind.valueOf(kind), row.getString("trouble"));
    var mailbox =
        new ReadMailbox(
            row.getString("company_id"),
            row.getString("account_id"),
            row.getLong("enabled") == 1,
            server,
            row.getString("folder"),
            row.getLong("junk") == 1,
            row.getLong("mark_read") == 1,
            instant(row, "looked_at"),
            instant(row, "worked_at"),
            row.getLong("mails"),
            row.getLong("found"),
            trouble);
    return new Stored(
        mailbox, row.getString("password"), Position.parse(row.getString("position")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
