package org.postroom.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.AuditTrail;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.happenings.HappeningType;
import org.postroom.happenings.Happenings;
import org.postroom.http.Problem;
import org.postroom.net.GuardedWeb;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Service;

/** The addresses a company wants to be called at. */
@Service
public class WebhookEndpoints {
  static final int MOST = 20;

  /** How long the secret before counts where nobody says otherwise, and at most. */
  public static final int USUAL_OVERLAP_HOURS = 24;

  public static final int LONGEST_OVERLAP_HOURS = 168;

  private final Database database;
  private final Secrets secrets;
  private final GuardedWeb web;
  private final Audit audit;

  WebhookEndpoints(Database database, Secrets secrets, GuardedWeb web, Audit audit) {
    this.database = database;
    this.secrets = secrets;
    this.web = web;
    this.audit = audit;
  }

  /**
   * An endpoint with its secret, which is told this one time.
   *
   * @param secret {@code whsec_…}
   */
  public record Made(WebhookEndpoint endpoint, String secret) {
    @Override
    public String toString() {
      return "Made[" + endpoint.id() + "]";
    }
  }

  /** All of them, oldest first; at most twenty. */
  public List<WebhookEndpoint> list(Caller caller) {
    caller.require(Right.MANAGE_WEBHOOKS);
    return database.read(sql -> EndpointRows.list(sql, caller.company()));
  }

  /** 404 where the company has no such endpoint. */
  public WebhookEndpoint get(Caller caller, String id) {
    caller.require(Right.MANAGE_WEBHOOKS);
    return database.read(sql -> sealed(sql, caller, id)).endpoint();
  }

  /** What is typed, without keeping anything: looks names up, so not inside a transaction. */
  public WebhookEndpoint plan(Caller caller, EndpointWish wish) {
    caller.require(Right.MANAGE_WEBHOOKS);
    var blank =
        new WebhookEndpoint(
            caller.company(),
            Ids.next("whk"),
            "",
            "",
            Set.of(),
            true,
            database.now(),
            null,
            0,
            null,
            null,
            null,
            null,
            null,
            null);
    return wish.on(blank, web);
  }

  /** Keeps what was planned. From now on what happens in the company is written down. */
  public Made make(Caller caller, WebhookEndpoint planned) {
    caller.require(Right.MANAGE_WEBHOOKS);
    String secret = Signature.newSecret();
    String sealed = secrets.seal(place(planned), secret);
    return database.write(sql -> {
      EndpointRows.lock(sql, caller.company());
      if (EndpointRows.list(sql, caller.company()).size() >= MOST)
        throw Problem.conflict("too_many", "There are twenty endpoints; delete one first.");
      EndpointRows.insert(sql, planned, sealed);
      Happenings.listen(sql, caller.company());
      trail().created(caller, planned.id(), facts(planned));
      return new Made(planned, secret);
    });
  }

  /** Changes what the wish names. Switched on again, an endpoint begins anew. */
  public WebhookEndpoint change(Caller caller, String id, EndpointWish wish) {
    WebhookEndpoint wanted = wish.on(get(caller, id), web);
    return database.write(sql -> {
      EndpointRows.lock(sql, caller.company());
      WebhookEndpoint before = sealed(sql, caller, id).endpoint();
      EndpointRows.change(sql, wanted, wanted.active() && !before.active());
      WebhookEndpoint after = sealed(sql, caller, id).endpoint();
      if (!facts(before).equals(facts(after)))
        trail().changed(caller, id, facts(before), facts(after));
      return after;
    });
  }

  /** With all its deliveries. */
  public void delete(Caller caller, String id) {
    caller.require(Right.MANAGE_WEBHOOKS);
    database.run(sql -> {
      EndpointRows.lock(sql, caller.company());
      WebhookEndpoint before = sealed(sql, caller, id).endpoint();
      EndpointRows.delete(sql, caller.company(), id);
      if (EndpointRows.list(sql, caller.company()).isEmpty())
        Happenings.stopListening(sql, caller.company());
      trail().deleted(caller, id, facts(before));
    });
  }

  /**
   * A new secret. The one before counts beside it for so long: calls carry both signatures.
   *
   * @param overlapHours 0 to 168
   */
  public Made rotate(Caller caller, String id, int overlapHours) {
    caller.require(Right.MANAGE_WEBHOOKS);
    if (overlapHours < 0 || overlapHours > LONGEST_OVERLAP_HOURS)
      throw Problem.invalid(
          "/overlap_hours", "out_of_range", "Both secrets can count for 0 to 168 hours.");
    String secret = Signature.newSecret();
    return database.write(sql -> {
      EndpointRows.Sealed before = sealed(sql, caller, id);
      String sealed = secrets.seal(place(before.endpoint()), secret);
      Instant until = sql.now().plus(Duration.ofHours(overlapHours));
      EndpointRows.rotate(
          sql, before.endpoint(), sealed, overlapHours == 0 ? null : before.secret(), until);
      audit.record(
          caller,
          "webhook_endpoint.secret_rotated",
          id,
          null,
          overlapHours == 0 ? null : "the secret before counts until " + until);
      return new Made(sealed(sql, caller, id).endpoint(), secret);
    });
  }

  /** Switched off because nobody was there any more, and no administrator was told by mail. */
  public List<WebhookEndpoint> untold(String company) {
    return database.read(sql -> EndpointRows.untold(sql, company));
  }

  /** Notes who told it; false where another was faster. Joins the caller's transaction. */
  public boolean told(WebhookEndpoint endpoint, String message) {
    return database.write(
        sql -> EndpointRows.told(sql, endpoint.company(), endpoint.id(), message));
  }

  /** How many endpoints of the company need somebody. */
  public long inTrouble(String company) {
    return database.read(sql -> EndpointRows.list(sql, company)).stream()
        .filter(each -> each.offAt() != null || (each.active() && each.failures() >= 5))
        .count();
  }

  /** The endpoint and the secrets that count now, the newest first; empty where it is gone. */
  Optional<Signing> signing(String company, String id) {
    return database.read(sql -> {
      Instant now = sql.now();
      return EndpointRows.find(sql, company, id).map(sealed -> signing(sealed, now));
    });
  }

  record Signing(WebhookEndpoint endpoint, List<String> secrets) {
    @Override
    public String toString() {
      return "Signing[" + endpoint.id() + "]";
    }
  }

  private Signing signing(EndpointRows.Sealed sealed, Instant now) {
    WebhookEndpoint endpoint = sealed.endpoint();
    String place = place(endpoint);
    String newest = secrets.open(place, sealed.secret());
    Instant until = endpoint.beforeUntil();
    boolean both = sealed.before() != null && until != null && now.isBefore(until);
    if (!both) return new Signing(endpoint, List.of(newest));
    return new Signing(
        endpoint,
        List.of(newest, secrets.open(place, java.util.Objects.requireNonNull(sealed.before()))));
  }

  private static EndpointRows.Sealed sealed(Sql sql, Caller caller, String id) {
    return EndpointRows.find(sql, caller.company(), id)
        .orElseThrow(() -> Problem.notFound("The webhook endpoint"));
  }

  private static String place(WebhookEndpoint endpoint) {
    return Secrets.place("webhook_endpoints", endpoint.company(), endpoint.id(), "secret");
  }

  private AuditTrail trail() {
    return new AuditTrail(audit, "webhook_endpoint", Set.of());
  }

  private static Map<String, @Nullable Object> facts(WebhookEndpoint endpoint) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("url", endpoint.url());
    facts.put("description", endpoint.description());
    facts.put("events", endpoint.events().stream().sorted().map(HappeningType::word).toList());
    facts.put("active", endpoint.active());
    return facts;
  }
}
