package org.postroom.http;

import jakarta.annotation.PostConstruct;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.postroom.http.IdempotencyRows.Key;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Repeated requests are served once (Idempotency-Key). A filter does it for every POST under
 * /api/v1 that carries the header: the reply is kept once the request has succeeded. That leaves a
 * gap between the work's commit and the keeping of the reply, in which a crash would let a repeated
 * request do the work again; a controller closes it by doing its work through {@link #once}:
 *
 * <pre>
 * return idempotency.once(() -> accepted(outbox.accept(draft)));
 * </pre>
 */
@Service
public class Idempotency {
  private static final ThreadLocal<Claim> CURRENT = new ThreadLocal<>();
  private static final Claim NONE = new Claim(null, "", null);
  private final Database database;
  private final JsonMapper json;
  private final Node node;

  Idempotency(Database database, JsonMapper json, Node node) {
    this.database = database;
    this.json = json;
    this.node = node;
  }

  /** A client whose request died with an earlier life of this node may repeat it at once. */
  @PostConstruct
  void giveBack() {
    database.run(sql -> IdempotencyRows.giveBack(sql, node));
  }

  /** The running request's hold on its key; one that keeps nothing where no key was sent. */
  public Claim current() {
    Claim claim = CURRENT.get();
    return claim == null ? NONE : claim;
  }

  /**
   * Does the work and keeps its reply in one transaction, so that both are durable or neither is.
   * On the request's thread; the work may run on another one, must be short and must not talk to a
   * network.
   */
  public <T> ResponseEntity<T> once(Supplier<ResponseEntity<T>> work) {
    return once(work, body -> body);
  }

  /**
   * Like {@link #once(Supplier)} where not everything may be kept.
   *
   * @param kept the body as a repeated request gets it, such as without a secret
   */
  public <T> ResponseEntity<T> once(Supplier<ResponseEntity<T>> work, UnaryOperator<T> kept) {
    Claim claim = current();
    return database.write(sql -> {
      ResponseEntity<T> reply = work.get();
      URI location = reply.getHeaders().getLocation();
      T body = Objects.requireNonNull(reply.getBody());
      claim.keep(
          sql,
          reply.getStatusCode().value(),
          location == null ? null : location.toString(),
          kept.apply(body));
      return reply;
    });
  }

  /** One request's hold on its key. */
  public static final class Claim {
    private final @Nullable Key key;
    private final String owner;
    private final @Nullable Idempotency home;
    private volatile boolean kept;

    private Claim(@Nullable Key key, String owner, @Nullable Idempotency home) {
      this.key = key;
      this.owner = owner;
      this.home = home;
    }

    /**
     * Keeps the reply in the transaction that does the work. Throws where the key's lease ended and
     * another request took over: then this work must not happen.
     *
     * @param body written as JSON, as controllers do
     */
    public void keep(Sql sql, int status, @Nullable String location, Object body) {
      if (key == null || home == null) return;
      byte[] bytes = home.json.writeValueAsBytes(body);
      var reply = new KeptReply(status, "application/json", location, bytes);
      if (!IdempotencyRows.keep(sql, key, owner, reply)) throw running();
      home.database.afterCommit(() -> kept = true);
    }
  }

  /** What is to be done with a request. */
  sealed interface Verdict {
    record Serve(Claim claim) implements Verdict {}

    record Replay(KeptReply reply) implements Verdict {}

    record Refuse(Problem problem) implements Verdict {}
  }

  Verdict begin(String company, String text, String requestHash) {
    var key = new Key(company, text);
    String owner = IdempotencyRows.owner(node, UUID.randomUUID());
    return database.write(sql -> {
      if (IdempotencyRows.take(sql, key, requestHash, owner))
        return new Verdict.Serve(new Claim(key, owner, this));
      Optional<IdempotencyRows.Row> row = IdempotencyRows.find(sql, key);
      if (row.isEmpty()) return new Verdict.Refuse(running()); // given back a moment ago
      if (!row.get().requestHash().equals(requestHash)) return new Verdict.Refuse(mismatch());
      KeptReply reply = row.get().reply();
      return reply == null ? new Verdict.Refuse(running()) : new Verdict.Replay(reply);
    });
  }

  /** Lets the work know its claim while it runs. */
  static void during(Claim claim, Work work)
      throws java.io.IOException, jakarta.servlet.ServletException {
    CURRENT.set(claim);
    try {
      work.run();
    } finally {
      CURRENT.remove();
    }
  }

  interface Work {
    void run() throws java.io.IOException, jakarta.servlet.ServletException;
  }

  /**
   * Success is kept, unless that was done with the work; a refusal or failure gives the key back,
   * so that the request can be corrected.
   */
  void end(Claim claim, KeptReply reply) {
    Key key = claim.key;
    if (key == null || claim.kept) return;
    boolean succeeded = reply.status() >= 200 && reply.status() < 300;
    database.run(sql -> {
      if (succeeded) IdempotencyRows.keep(sql, key, claim.owner, reply);
      else IdempotencyRows.release(sql, key, claim.owner);
    });
  }

  /** Forgets replies older than seven days; for recurring work. Gives how many. */
  public int forgetOld() {
    return database.write(IdempotencyRows::forgetOld);
  }

  private static Problem running() {
    return Problem.conflict(
        "idempotency_running",
        "The first request with this Idempotency-Key is still running. Try again in a moment.");
  }

  private static Problem mismatch() {
    return Problem.of(
        422,
        "idempotency_mismatch",
        "This Idempotency-Key was used before with another request. Use a new key.");
  }
}
