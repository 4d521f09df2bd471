package org.postroom.suppression;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.AuditTrail;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.mail.Address;
import org.postroom.suppression.Suppression.Cause;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Addresses that are not written to. What is final about an address blocks it at once, and so does
 * a complaint; what may pass blocks it when it does not; what is our own fault never does. Somebody
 * may unblock it; then it stays so until mail fails anew.
 *
 * <p>Addresses are the same whatever their case and however their domain is written ({@code
 * Anna@MÜLLER.example} and {@code anna@xn--mller-kva.example}).
 */
@Service
public class Suppressions {
  private static final int LONGEST_NOTE = 500;
  private final Database database;
  private final ApplicationEventPublisher events;
  private final AuditTrail trail;
  private final Supplier<Stream<Successes>> successes;

  @Autowired
  Suppressions(
      Database database,
      Audit audit,
      ApplicationEventPublisher events,
      ObjectProvider<Successes> successes) {
    this(database, audit, events, successes::stream);
  }

  /** One that nobody tells of mail that arrived but {@link #delivered}. */
  public Suppressions(Database database, Audit audit, ApplicationEventPublisher events) {
    this(database, audit, events, Stream::empty);
  }

  private Suppressions(
      Database database,
      Audit audit,
      ApplicationEventPublisher events,
      Supplier<Stream<Successes>> successes) {
    this.database = database;
    this.events = events;
    this.trail = new AuditTrail(audit, "suppression", Set.of());
    this.successes = successes;
  }

  /** Those of the addresses that are blocked, each by the text that was given. */
  public Map<String, Suppression> among(String company, Collection<String> addresses) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String address : addresses) key(address).ifPresent(key -> keys.put(address, key));
    if (keys.isEmpty()) return Map.of();
    Map<String, Suppression> blocked =
        database.read(
            sql -> SuppressionRows.among(sql, company, withErased(company, keys.values())));
    if (blocked.isEmpty()) return Map.of();
    Map<String, Suppression> found = new HashMap<>();
    keys.forEach((address, key) -> {
      Suppression one = blocked.get(key);
      if (one == null) one = blocked.get(ErasedKey.of(company, key));
      if (one != null) found.put(address, one);
    });
    return found;
  }

  private static Set<String> withErased(String company, Collection<String> keys) {
    Set<String> all = new java.util.HashSet<>(keys);
    keys.forEach(key -> all.add(ErasedKey.of(company, key)));
    return all;
  }

  /**
   * Forgets the address itself: where it is blocked it stays so, known by a hash alone. Joins the
   * caller's transaction.
   *
   * @return whether it was blocked
   */
  public boolean erase(String company, String address) {
    String key = key(address).orElse(null);
    if (key == null) return false;
    return database.write(sql -> {
      FailureRows.forget(sql, company, key, Instant.ofEpochMilli(Long.MAX_VALUE));
      return SuppressionRows.erase(sql, company, key, ErasedKey.of(company, key));
    });
  }

  public Optional<Suppression> find(String company, String address) {
    return key(address)
        .flatMap(key -> database.read(sql -> SuppressionRows.find(sql, company, key)));
  }

  /** The newest first. Whoever sends must be able to see why something does not go. */
  public Slice<Suppression> list(
      Caller caller, SuppressionFilter filter, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "sup");
    List<Suppression> oneMore =
        database.read(
            sql -> SuppressionRows.list(sql, caller.company(), filter, limit + 1, before));
    return Slice.of(oneMore, limit, Suppression::id);
  }

  /** One for its page or program; 404 where it is not blocked. */
  public Suppression get(Caller caller, String address) {
    return find(caller.company(), address).orElseThrow(() -> notBlocked(address));
  }

  /**
   * Mail to an address failed; joins the caller's transaction. Blocks it where that is final and
   * the address's own fault, or a complaint. Told twice it is the same.
   */
  public void failed(AddressFailure failure) {
    String key = key(failure.address()).orElse(null);
    if (key == null) return;
    database.run(sql -> {
      Instant at = earlier(failure.at(), sql.now());
      boolean over =
          SuppressionRows.liftedAt(sql, failure.company(), key)
              .filter(lifted -> !at.isAfter(lifted))
              .isPresent();
      if (over) return;
      switch (failure.kind()) {
        case COMPLAINT -> block(sql, key, failure, Cause.COMPLAINT);
        case HARD_BOUNCE -> {
          if (Blame.finallyOfAddress(failure.status())) block(sql, key, failure, Cause.HARD_BOUNCE);
        }
        case SOFT_BOUNCE -> {
          if (Blame.forNowOfAddress(failure.status())) soft(sql, key, failure, at);
        }
      }
    });
  }

  /** Mail arrived there: what failed before counts no more. Joins the caller's transaction. */
  public void delivered(String company, String address, Instant at) {
    key(address).ifPresent(key -> database.run(sql -> FailureRows.forget(sql, company, key, at)));
  }

  /** Blocks by hand. What is blocked already stays as it is. */
  public Suppression block(Caller caller, String address, @Nullable String note) {
    caller.require(Right.CHANGE_OTHERS_MAIL);
    Address checked = checked(address);
    String kept = note(note);
    return database.write(sql -> {
      boolean added = add(sql, caller, checked, kept);
      Suppression blocked = SuppressionRows.find(sql, caller.company(), key(checked)).orElseThrow();
      if (added) trail.created(caller, blocked.address(), SuppressionJson.write(blocked));
      return blocked;
    });
  }

  /** One of many, inside a transaction; false where it is blocked already. */
  boolean add(Sql sql, Caller caller, Address address, @Nullable String note) {
    var suppression =
        new Suppression(
            caller.company(),
            Ids.next("sup"),
            address.spec(),
            Cause.BY_HAND,
            sql.now(),
            caller.name(),
            null,
            null,
            null,
            note);
    boolean added = SuppressionRows.block(sql, key(address), suppression, caller.id());
    if (added) tell(suppression);
    return added;
  }

  /** Takes an address off the list; it stays off until mail fails after this moment. */
  public void unblock(Caller caller, String address, @Nullable String note) {
    caller.require(Right.CHANGE_OTHERS_MAIL);
    String key = key(address).orElseThrow(() -> notBlocked(address));
    String kept = note(note);
    database.run(sql -> {
      Suppression before =
          SuppressionRows.find(sql, caller.company(), key).orElseThrow(() -> notBlocked(address));
      Instant now = sql.now();
      SuppressionRows.lift(sql, caller.company(), key, now, caller.name(), kept);
      FailureRows.forget(sql, caller.company(), key, now);
      Map<String, @Nullable Object> told = SuppressionJson.write(before);
      if (kept != null) told.put("unblock_note", kept);
      trail.deleted(caller, before.address(), told);
    });
  }

  private void soft(Sql sql, String key, AddressFailure failure, Instant at) {
    String company = failure.company();
    String message = failure.message() == null ? "at " + at.toEpochMilli() : failure.message();
    FailureRows.keep(sql, key, failure, message);
    List<Instant> moments = FailureRows.moments(sql, company, key);
    Instant forgotten = SoftFailures.forgotten(moments);
    if (forgotten != null) FailureRows.forget(sql, company, key, forgotten);
    List<Instant> counted =
        forgotten == null ? moments : moments.stream().filter(m -> m.isAfter(forgotten)).toList();
    if (!SoftFailures.block(counted)) return;
    Instant first = counted.getFirst();
    if (successes.get().anyMatch(one -> one.between(company, failure.address(), first, at)))
      FailureRows.forget(sql, company, key, at);
    else block(sql, key, failure, Cause.SOFT_BOUNCES);
  }

  private void block(Sql sql, String key, AddressFailure failure, Cause cause) {
    var suppression =
        new Suppression(
            failure.company(),
            Ids.next("sup"),
            checked(failure.address()).spec(),
            cause,
            sql.now(),
            null,
            failure.message(),
            failure.status(),
            failure.reply(),
            null);
    if (SuppressionRows.block(sql, key, suppression, null)) tell(suppression);
  }

  private void tell(Suppression blocked) {
    database.afterCommit(() ->
        events.publishEvent(
            new AddressBlocked(blocked.company(), blocked.address(), blocked.cause())));
  }

  private static Address checked(String address) {
    try {
      return Address.parse(address);
    } catch (IllegalArgumentException wrong) {
      String message = wrong.getMessage();
      throw Problem.invalid(
          "/address", "invalid", message == null ? "This is no address." : message);
    }
  }

  private static @Nullable String note(@Nullable String note) {
    if (note == null || note.isBlank()) return null;
    if (note.length() > LONGEST_NOTE)
      throw Problem.invalid(
          "/note", "too_long", "A note has at most " + LONGEST_NOTE + " characters.");
    return note.strip();
  }

  private static Problem notBlocked(String address) {
    String shown = address.length() > 254 ? address.substring(0, 254) + "…" : address;
    return Problem.of(404, "not_found", "“" + shown + "” is not blocked.");
  }

  private static Optional<String> key(String address) {
    return Address.tryParse(address).map(Suppressions::key);
  }

  /** Equal for addresses that are one mailbox to people. */
  private static String key(Address address) {
    return Normalizer.normalize(address.key(), Normalizer.Form.NFC);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
