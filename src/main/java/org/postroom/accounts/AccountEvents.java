package org.postroom.accounts;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.http.Slice;
import org.springframework.stereotype.Service;

/**
 * When accounts began to need somebody and when they worked again. Written in the transaction that
 * changes the account: none is ever missing.
 */
@Service
public class AccountEvents {
  private final Database database;

  AccountEvents(Database database) {
    this.database = database;
  }

  /** In the order they happened; the id of any event is a cursor too. */
  public Slice<AccountEvent> list(String company, int limit, @Nullable String cursor) {
    String given = Slice.cursor(cursor, "aev");
    String after = given == null ? "" : given;
    return Slice.of(
        database.read(sql -> AccountEventRows.after(sql, company, after, limit + 1)),
        limit,
        AccountEvent::id);
  }

  /** Those for which it is open whether administrators are told; at most 200. */
  public List<AccountEvent> open(String company) {
    return database.read(sql -> AccountEventRows.open(sql, company));
  }

  /** The trouble that this recovery ended. */
  public Optional<AccountEvent> troubleBefore(AccountEvent recovered) {
    return database.read(sql -> AccountEventRows.troubleBefore(sql, recovered));
  }

  /**
   * Settles who was told, in the caller's transaction if there is one.
   *
   * @param notice id of the message, or {@link AccountEvent#NOBODY}
   * @return false where it was settled meanwhile
   */
  public boolean told(AccountEvent event, String notice) {
    return database.write(sql -> AccountEventRows.told(sql, event, notice));
  }
}
