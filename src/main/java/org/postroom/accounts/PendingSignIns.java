package org.postroom.accounts;

import java.time.Duration;
import java.util.Optional;
import org.postroom.accounts.oauth.Pkce;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.secrets.CannotOpen;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sign-ins under way, by their one-time state. The database knows only the state's hash; what the
 * answer needs is sealed under it.
 */
@Component
class PendingSignIns {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PERSON = Duration.ofMinutes(15);

  /** A link for IT may lie in somebody's inbox over a holiday. */
  private static final Duration ADMINISTRATOR = Duration.ofDays(30);

  private static final int MOST = 20;

  private final Database database;
  private final Secrets secrets;

  PendingSignIns(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** The state to send along: the company, so that its row is found, and 256 random bits. */
  String begin(PendingSignIn pending) {
    String state = pending.company() + "~" + Pkce.random();
    String hash = Pkce.sha256(state);
    String sealed = secrets.seal(place(pending.company(), hash), JSON.writeValueAsString(pending));
    Duration lasts = pending.purpose() == PendingSignIn.Purpose.APPROVAL ? ADMINISTRATOR : PERSON;
    database.run(sql -> {
      forgetOld(sql, pending);
      sql.sql(
              """
              INSERT INTO account_sign_ins (company_id, state_hash, account_id, purpose, started_by,
                kept, ends)
              VALUES (:company, :hash, :account, :purpose, :by, :kept, :ends)\
              """)
          .param("company", pending.company())
          .param("hash", hash)
          .param("account", pending.account())
          .param("purpose", pending.purpose().name())
          .param("by", pending.startedBy())
          .param("kept", sealed)
          .param("ends", sql.now().plus(lasts).toEpochMilli())
          .update();
    });
    return state;
  }

  /** The sign-in of that state, which cannot be taken again; empty where it is unknown or ended. */
  Optional<PendingSignIn> take(String state) {
    int mark = state.indexOf('~');
    if (mark < 1 || state.length() > 200 || !state.matches("[A-Za-z0-9_~-]+"))
      return Optional.empty();
    String company = state.substring(0, mark);
    String hash = Pkce.sha256(state);
    return database
        .write(sql -> taken(sql, company, hash))
        .flatMap(kept -> opened(company, hash, kept));
  }

  /** All of an account: it is gone, or off. */
  static void forget(Sql sql, String company, String account) {
    sql.sql("DELETE FROM account_sign_ins WHERE company_id = :company AND account_id = :account")
        .param("company", company)
        .param("account", account)
        .update();
  }

  private static Optional<String> taken(Sql sql, String company, String hash) {
    record Row(String kept, long ends) {}
    long now = sql.now().toEpochMilli();
    return sql.sql(
            """
            DELETE FROM account_sign_ins WHERE company_id = :company AND state_hash = :hash
            RETURNING kept, ends\
            """)
        .param("company", company)
        .param("hash", hash)
        .query((row, number) -> new Row(row.getString("kept"), row.getLong("ends")))
        .optional()
        .filter(row -> row.ends() > now)
        .map(Row::kept);
  }

  private Optional<PendingSignIn> opened(String company, String hash, String kept) {
    try {
      String json = secrets.open(place(company, hash), kept);
      return Optional.of(JSON.readValue(json, PendingSignIn.class));
    } catch (CannotOpen otherKey) {
      return Optional.empty();
    }
  }

  /** What has ended, and the oldest where somebody begins again and again. */
  private static void forgetOld(Sql sql, PendingSignIn pending) {
    sql.sql("DELETE FROM account_sign_ins WHERE company_id = :company AND ends <= :now")
        .param("company", pending.company())
        .param("now", sql.now().toEpochMilli())
        .update();
    sql.sql(
            """
            DELETE FROM account_sign_ins WHERE company_id = :company AND state_hash IN (
              SELECT state_hash FROM account_sign_ins
              WHERE company_id = :company AND account_id = :account AND purpose = :purpose
              ORDER BY ends DESC LIMIT 1000 OFFSET :most)\
            """)
        .param("company", pending.company())
        .param("account", pending.account())
        .param("purpose", pending.purpose().name())
        .param("most", MOST - 1)
        .update();
  }

  private static String place(String company, String hash) {
    return Secrets.place("account_sign_ins", company, hash, "kept");
  }
}
