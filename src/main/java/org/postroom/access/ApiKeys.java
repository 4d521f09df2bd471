package org.postroom.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.http.Slice;
import org.springframework.stereotype.Service;

/** Keys of programs: made, listed, withdrawn, recognised. Only hashes are kept. */
@Service
public class ApiKeys {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);
  private static final int SHORTEST = 32;
  private static final List<String> THIS_MACHINE = List.of("127.0.0.0/8", "::1");
  private final Database database;
  private final Audit audit;

  ApiKeys(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * What a new key may do.
   *
   * @param scopes at least one, none beyond the rights of whoever makes the key
   * @param networks CIDR blocks or single addresses; empty means anywhere
   */
  public record Wish(String name, boolean test, List<String> scopes, List<String> networks) {}

  /** Makes a key and gives the only copy of its text. */
  public ApiKey.Made create(Caller caller, Wish wish) {
    caller.require(Right.MANAGE_KEYS);
    List<Scope> scopes = checked(caller, wish);
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    String text =
        (wish.test() ? "pr_test_" : "pr_live_")
            + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return new ApiKey.Made(keep(caller, text, wish, scopes), text);
  }

  /** The company's keys, the oldest first. */
  public Slice<ApiKey> list(Caller caller, int limit, @Nullable String cursor) {
    caller.require(Right.MANAGE_KEYS);
    String after = Slice.cursor(cursor, "key");
    List<ApiKey> keys = database.read(sql -> KeyRows.list(sql, caller.company(), limit + 1, after));
    return Slice.of(keys, limit, ApiKey::id);
  }

  /** From now on nobody gets in with it. */
  public void revoke(Caller caller, String id) {
    caller.require(Right.MANAGE_KEYS);
    database.run(sql -> {
      if (KeyRows.delete(sql, caller.company(), id) == 0) throw Problem.notFound("This key");
      audit.record(caller, "api_key.revoked", id, null, null);
    });
  }

  /**
   * Who comes with this key from this address; empty where the key is unknown or not from there.
   */
  public Optional<Caller> caller(String text, String address) {
    if (text.length() < SHORTEST || text.length() > 200) return Optional.empty();
    Optional<KeyRows.Owned> owned = database.read(sql -> KeyRows.byHash(sql, hash(text)));
    if (owned.isEmpty() || !isFrom(address, owned.get().key().networks())) return Optional.empty();
    noteUse(owned.get());
    return owned.map(ApiKeys::caller);
  }

  /**
   * Who signs in with this key, over protocols where it is a password. Wrong ones are counted by
   * the address they come from, and it must wait after too many.
   *
   * @throws Problem 429 while the address must wait, whether the key is right or not
   */
  public Optional<Caller> signIn(String text, String address) {
    if (database.read(sql -> SignInLimits.keyLocked(sql, address)).isPresent())
      throw Problem.of(
          429, "locked", "Too many wrong keys. Signing in is possible again in a few minutes.");
    Optional<Caller> caller = caller(text, address);
    if (caller.isEmpty()) database.run(sql -> SignInLimits.keyFailed(sql, address));
    return caller;
  }

  /**
   * Who a program counts as that shows no key, but comes from where the key may be used: from its
   * networks, or from this very machine where it names none.
   *
   * @param text a key that the operator of this installation chose for such programs
   */
  public Optional<Caller> callerWithout(String text, String address) {
    Optional<KeyRows.Owned> owned = database.read(sql -> KeyRows.byHash(sql, hash(text)));
    List<String> networks = owned.map(one -> one.key().networks()).orElse(List.of());
    if (owned.isEmpty() || !isFrom(address, networks.isEmpty() ? THIS_MACHINE : networks))
      return Optional.empty();
    noteUse(owned.get());
    return owned.map(ApiKeys::caller);
  }

  /** The one key of an unattended first start, with every scope, of exactly this text. */
  void createGiven(String company, String text) {
    if (text.length() < SHORTEST || text.length() > 200)
      throw new IllegalStateException(
          "POSTROOM_API_KEY must have 32 to 200 characters; make it from random bytes.");
    var wish = new Wish("First key", text.startsWith("pr_test_"), Scope.codes(), List.of());
    keep(Caller.postroom(company), text, wish, List.of(Scope.values()));
  }

  private ApiKey keep(Caller caller, String text, Wish wish, List<Scope> scopes) {
    return database.write(sql -> {
      var key =
          new ApiKey(
              Ids.next("key"),
              wish.name().strip(),
              text.substring(0, Math.min(12, text.length() / 3)) + "…",
              wish.test(),
              scopes,
              wish.networks(),
              sql.now(),
              null);
      KeyRows.insert(sql, caller.company(), key, hash(text));
      audit.record(caller, "api_key.created", key.id(), null, key.name() + ": " + wish.scopes());
      return key;
    });
  }

  private static List<Scope> checked(Caller caller, Wish wish) {
    List<FieldError> errors = new ArrayList<>();
    boolean unsound = wish.name().chars().anyMatch(Character::isISOControl);
    if (wish.name().isBlank() || wish.name().length() > 100 || unsound)
      errors.add(
          new FieldError("/name", "required", "Give the key a name of up to 100 characters."));
    if (wish.scopes().isEmpty())
      errors.add(new FieldError("/scopes", "required", "Choose what the key may do."));
    if (wish.networks().size() > 50)
      errors.add(new FieldError("/networks", "too_many", "At most 50 networks."));
    for (int i = 0; i < wish.networks().size() && i < 50; i++)
      if (Network.parse(wish.networks().get(i)).isEmpty())
        errors.add(
            new FieldError(
                "/networks/" + i,
                "not_a_network",
                "Write networks like 10.0.0.0/8 or 2001:db8::/32."));
    if (!errors.isEmpty()) throw Problem.invalid(errors);
    List<Scope> scopes = new ArrayList<>();
    for (int i = 0; i < wish.scopes().size(); i++)
      scopes.add(Scope.of(wish.scopes().get(i), "/scopes/" + i));
    Set<Right> asked = Scope.rights(scopes);
    asked.forEach(caller::require);
    return scopes.stream().distinct().toList();
  }

  private void noteUse(KeyRows.Owned owned) {
    Instant last = owned.key().lastUsedAt();
    if (last == null || last.isBefore(database.now().minus(USE_IS_NOTED_EVERY)))
      database.run(sql -> KeyRows.used(sql, owned));
  }

  private static boolean isFrom(String address, List<String> networks) {
    return networks.isEmpty()
        || networks.stream()
            .anyMatch(
                network -> Network.parse(network).filter(n -> n.contains(address)).isPresent());
  }

  private static Caller caller(KeyRows.Owned owned) {
    ApiKey key = owned.key();
    return new Caller(
        owned.company(),
        Caller.Kind.KEY,
        key.id(),
        "key " + key.name(),
        null,
        Scope.rights(key.scopes()),
        key.test());
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
