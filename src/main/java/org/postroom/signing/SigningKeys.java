package org.postroom.signing;

import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.mail.Address;
import org.postroom.mail.DkimKey;
import org.postroom.mail.DkimKey.Algorithm;
import org.postroom.secrets.Secrets;
import org.postroom.signing.SigningKey.Entry;
import org.postroom.signing.SigningKey.State;
import org.postroom.signing.SigningKeyRows.Sealed;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * A company's keys for signing: made, published by people, switched on once they are, replaced.
 * Everything needs the right to manage accounts.
 */
@Service
public class SigningKeys {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghjkmnpqrstvwxyz23456789";
  private static final int MOST = 100;

  private final Database database;
  private final Secrets secrets;
  private final Audit audit;
  private final Look look;
  private final Function<Algorithm, DkimKey.Made> maker;

  @Autowired
  SigningKeys(Database database, Secrets secrets, Audit audit, Look look) {
    this(database, secrets, audit, look, DkimKey::make);
  }

  /** For tests, whose keys were made before: RSA takes its time. */
  SigningKeys(
      Database database,
      Secrets secrets,
      Audit audit,
      Look look,
      Function<Algorithm, DkimKey.Made> maker) {
    this.database = database;
    this.secrets = secrets;
    this.audit = audit;
    this.look = look;
    this.maker = maker;
  }

  /**
   * Makes keys for a domain. It takes a while, so it is done before the transaction that {@link
   * #keep keeps} them.
   *
   * @throws Problem 422 at {@code /domain} for what is no domain
   */
  public NewSigningKey make(Caller caller, String domain) {
    caller.require(Right.MANAGE_ACCOUNTS);
    String clean = clean(domain);
    if (database.read(sql -> SigningKeyRows.count(sql, caller.company())) >= MOST)
      throw Problem.conflict(
          "too_many", "There are " + MOST + " keys. Delete some that are not used any more.");
    String id = Ids.next("dkim");
    DkimKey.Made rsa = maker.apply(Algorithm.RSA);
    DkimKey.Made ed = maker.apply(Algorithm.ED25519);
    String end = tail();
    int year = database.now().atZone(ZoneOffset.UTC).getYear();
    var entries =
        List.of(
            new Entry("postroom" + year + "r-" + end, rsa.published(), Published.UNKNOWN),
            new Entry("postroom" + year + "e-" + end, ed.published(), Published.UNKNOWN));
    var key =
        new SigningKey(
            caller.company(), id, clean, State.WAITING, entries, database.now(), null, null);
    return new NewSigningKey(new Sealed(key, seal(key, rsa, "rsa"), seal(key, ed, "ed")));
  }

  /**
   * Keeps what was made, in the caller's transaction if there is one.
   *
   * @throws Problem 409 while another key for the domain waits to be published
   */
  public SigningKey keep(Caller caller, NewSigningKey made) {
    caller.require(Right.MANAGE_ACCOUNTS);
    SigningKey key = made.sealed().key();
    if (!key.company().equals(caller.company()))
      throw new IllegalArgumentException("Made for another company.");
    database.run(sql -> {
      if (!SigningKeyRows.insert(sql, made.sealed()))
        throw Problem.conflict(
            "exists",
            "There is a key for " + key.domain() + " already that waits for its records. Use it.");
      audit.record(caller, "dkim_key.created", key.id(), null, key.domain());
    });
    return key;
  }

  /** In the order they were made, with what the DNS said when it was last asked. */
  public Slice<SigningKey> list(Caller caller, int limit, @Nullable String cursor) {
    caller.require(Right.MANAGE_ACCOUNTS);
    String after = Slice.cursor(cursor, "dkim");
    List<SigningKey> keys =
        database.read(sql -> SigningKeyRows.list(sql, caller.company(), limit + 1, after));
    return Slice.of(keys, limit, SigningKey::id);
  }

  /** As it was last seen; 404 for one there is not. */
  public SigningKey get(Caller caller, String id) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return database.read(sql -> existing(sql, caller, id));
  }

  /** As the DNS has it now; takes as long as the DNS does, seconds where it is silent. */
  public SigningKey look(Caller caller, String id) {
    SigningKey seen = look.at(get(caller, id));
    return database.write(sql -> {
      SigningKeyRows.seen(sql, seen, sql.now());
      return existing(sql, caller, id);
    });
  }

  /**
   * Signs with it from now on, once both records stand in the DNS; another key of the domain
   * retires. One that signs already is only looked at.
   *
   * @throws Problem 409 where the DNS has something else, nothing or no answer
   */
  public SigningKey activate(Caller caller, String id) {
    SigningKey seen = look(caller, id);
    for (Entry entry : seen.entries()) requirePublished(seen, entry);
    return database.write(sql -> {
      SigningKeyRows.lock(sql, caller.company(), seen.domain());
      SigningKey key = existing(sql, caller, id);
      if (key.active()) return key;
      SigningKeyRows.retireActive(sql, caller.company(), seen.domain());
      SigningKeyRows.state(sql, caller.company(), id, State.ACTIVE, sql.now());
      audit.record(caller, "dkim_key.activated", id, null, seen.domain());
      return existing(sql, caller, id);
    });
  }

  /** Signs with it no more. Its records should stay for a week: mail is under way. */
  public SigningKey deactivate(Caller caller, String id) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return database.write(sql -> {
      SigningKey key = existing(sql, caller, id);
      if (!key.active()) return key;
      SigningKeyRows.state(sql, caller.company(), id, State.RETIRED, null);
      audit.record(caller, "dkim_key.deactivated", id, key.domain(), null);
      return existing(sql, caller, id);
    });
  }

  /** Forgets the private halves for good; 409 while it signs. */
  public void delete(Caller caller, String id) {
    caller.require(Right.MANAGE_ACCOUNTS);
    database.run(sql -> {
      SigningKey key = existing(sql, caller, id);
      if (key.active())
        throw Problem.conflict(
            "active",
            "Mail from " + key.domain() + " is signed with this key. Switch it off first.");
      SigningKeyRows.delete(sql, caller.company(), id);
      audit.record(caller, "dkim_key.deleted", id, key.domain(), null);
    });
  }

  private static SigningKey existing(Sql sql, Caller caller, String id) {
    return SigningKeyRows.find(sql, caller.company(), id)
        .orElseThrow(() -> Problem.notFound("The signing key “" + id + "”"));
  }

  private static void requirePublished(SigningKey key, Entry entry) {
    String name = key.name(entry);
    switch (entry.published()) {
      case OK -> {}
      case UNKNOWN ->
          throw Problem.conflict(
              "dns_unanswered", "The DNS did not answer for " + name + ". Try again in a moment.");
      case MISSING ->
          throw Problem.conflict(
              "not_published",
              "There is no TXT record " + name + " yet. A new record may take an hour to be seen.");
      case DIFFERENT ->
          throw Problem.conflict(
              "published_differently",
              "The TXT record " + name + " is not the one shown here, or there are several.");
    }
  }

  private String seal(SigningKey key, DkimKey.Made made, String field) {
    return secrets.seal(place(key, field), made.secret());
  }

  static String place(SigningKey key, String field) {
    return Secrets.place("dkim_keys", key.company(), key.id(), field);
  }

  private static String clean(String domain) {
    String asked = domain.strip();
    if (asked.startsWith("@")) asked = asked.substring(1);
    String trouble = asked.contains("@") ? "no" : Address.trouble("postmaster@" + asked);
    if (trouble == null && asked.contains(".")) {
      String wire = Address.of("postmaster@" + asked).wire();
      return wire.substring(wire.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
    throw Problem.invalid("/domain", "invalid", "Write a domain such as acme.example.");
  }

  /** Other installations, or companies of this one, may have keys for the same domain. */
  private static String tail() {
    var tail = new StringBuilder();
    for (int i = 0; i < 4; i++) tail.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    return tail.toString();
  }
}
