package org.postroom.payments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.payments.GatewayRows.Sealed;
import org.springframework.stereotype.Service;

/** Setting up the ways to pay of a company. Everything needs the right to manage payments. */
@Service
public class GatewaySettings {
  private static final int MOST = 20;

  private final Database database;
  private final GatewayKeys keys;
  private final Gateways gateways;
  private final Audit audit;

  GatewaySettings(Database database, GatewayKeys keys, Gateways gateways, Audit audit) {
    this.database = database;
    this.keys = keys;
    this.gateways = gateways;
    this.audit = audit;
  }

  /** All, in their order. */
  public List<Gateway> list(Caller caller) {
    caller.require(Right.MANAGE_PAYMENTS);
    return database.read(sql -> GatewayRows.list(sql, caller.company()));
  }

  /** 404 where the company has none of that id. */
  public Gateway get(Caller caller, String id) {
    caller.require(Right.MANAGE_PAYMENTS);
    return database.read(sql -> found(sql, caller, id)).gateway();
  }

  /** Puts a new one behind the others; 422 where it cannot be, 409 for a second transfer. */
  public Gateway add(Caller caller, GatewayDraft draft) {
    caller.require(Right.MANAGE_PAYMENTS);
    GatewayCheck.check(draft, false);
    String id = Ids.next("pgw");
    return database.write(sql -> {
      GatewayRows.lock(sql, caller.company());
      int count = GatewayRows.list(sql, caller.company()).size();
      if (count >= MOST)
        throw Problem.conflict("too_many", "There are " + MOST + " ways to pay already.");
      Gateway gateway = made(caller, id, draft, count + 1, sql.now());
      put(sql, keys.seal(gateway, draft, null, sql.now()));
      audit.record(caller, "payment_gateway.created", id, null, told(gateway));
      return found(sql, caller, id).gateway();
    });
  }

  /**
   * Changes one; its kind stays.
   *
   * @param expected the version seen before, null for any
   * @throws Problem 404, 412 where somebody changed it meanwhile, 422
   */
  public Gateway change(
      Caller caller, String id, @Nullable Long expected, UnaryOperator<GatewayDraft> change) {
    caller.require(Right.MANAGE_PAYMENTS);
    return database.write(sql -> {
      GatewayRows.lock(sql, caller.company());
      Sealed before = found(sql, caller, id);
      Gateway was = before.gateway();
      if (expected != null && expected != was.version()) throw changedMeanwhile();
      GatewayDraft draft = change.apply(GatewayDraft.of(was));
      GatewayCheck.check(draft, was.keys().secret());
      put(sql, keys.seal(changed(was, draft), draft, before, sql.now()));
      Gateway now = found(sql, caller, id).gateway();
      audit.record(caller, "payment_gateway.changed", id, told(was), told(now) + secrets(draft));
      return now;
    });
  }

  /** What was paid there stays noted; what is told about it later is not heard any more. */
  public void delete(Caller caller, String id) {
    caller.require(Right.MANAGE_PAYMENTS);
    database.run(sql -> {
      Gateway gateway = found(sql, caller, id).gateway();
      GatewayRows.delete(sql, caller.company(), id);
      audit.record(caller, "payment_gateway.deleted", id, told(gateway), null);
    });
  }

  /**
   * Puts them into another order.
   *
   * @param ids of all, each once
   */
  public List<Gateway> order(Caller caller, List<String> ids) {
    caller.require(Right.MANAGE_PAYMENTS);
    String company = caller.company();
    return database.write(sql -> {
      GatewayRows.lock(sql, company);
      List<String> before = GatewayRows.list(sql, company).stream().map(Gateway::id).toList();
      if (before.size() != ids.size() || !new HashSet<>(before).equals(new HashSet<>(ids)))
        throw Problem.invalid("/order", "differs", "Name all " + before.size() + ", each once.");
      for (int i = 0; i < ids.size(); i++) GatewayRows.position(sql, company, ids.get(i), i + 1);
      if (!before.equals(ids))
        audit.record(
            caller,
            "payment_gateways.ordered",
            "payment_gateways",
            String.join(" ", before),
            String.join(" ", ids));
      return GatewayRows.list(sql, company);
    });
  }

  /** Moves one up or down; at the end it stays. */
  public void move(Caller caller, String id, int places) {
    List<String> ids = new ArrayList<>(list(caller).stream().map(Gateway::id).toList());
    int at = ids.indexOf(id);
    if (at < 0) throw none(id);
    ids.remove(at);
    ids.add(Math.min(Math.max(at + places, 0), ids.size()), id);
    order(caller, ids);
  }

  /** Whether it would work, in a sentence. Talks to the provider. */
  public Provider.Tried tryIt(Caller caller, String id) {
    Gateway gateway = get(caller, id);
    OpenGateway open = keys.open(caller.company(), id).orElseThrow(() -> none(id));
    return gateways
        .provider(gateway)
        .map(provider -> provider.tryIt(open))
        .orElseGet(() -> new Provider.Tried(true, "There is nothing to try."));
  }

  private static Gateway made(
      Caller caller, String id, GatewayDraft draft, int position, Instant now) {
    return new Gateway(
        caller.company(),
        id,
        draft.kind(),
        draft.title().strip(),
        draft.enabled(),
        position,
        draft.currencies(),
        address(draft),
        new Gateway.Keys(null, false, false, null),
        new Gateway.Heard(null, null, null),
        now,
        1);
  }

  private static Gateway changed(Gateway was, GatewayDraft draft) {
    return new Gateway(
        was.company(),
        was.id(),
        was.kind(),
        draft.title().strip(),
        draft.enabled(),
        was.position(),
        draft.currencies(),
        address(draft),
        was.keys(),
        was.heard(),
        was.createdAt(),
        was.version());
  }

  private static Gateway.@Nullable Address address(GatewayDraft draft) {
    String pattern = draft.pattern();
    return pattern == null ? null : new Gateway.Address(pattern, draft.signature());
  }

  private static void put(Sql sql, Sealed sealed) {
    if (!GatewayRows.put(sql, sealed))
      throw Problem.conflict("exists", "Bank transfer is one of the ways already.");
  }

  private static Sealed found(Sql sql, Caller caller, String id) {
    return GatewayRows.find(sql, caller.company(), id).orElseThrow(() -> none(id));
  }

  private static Problem none(String id) {
    return Problem.notFound("The way to pay “" + id + "”");
  }

  private static Problem changedMeanwhile() {
    return Problem.of(
        412, "changed_meanwhile", "Somebody changed it meanwhile. Read it again, then change it.");
  }

  /** For the audit: never a secret. */
  private static String told(Gateway gateway) {
    Gateway.Address address = gateway.address();
    return gateway.kindWord()
        + ", “"
        + gateway.title()
        + "”, "
        + (gateway.enabled() ? "on" : "off")
        + (gateway.currencies().isEmpty() ? "" : ", " + String.join(" ", gateway.currencies()))
        + (address == null ? "" : ", " + address.pattern());
  }

  private static String secrets(GatewayDraft draft) {
    return said(draft.secret(), "secret") + said(draft.hookSecret(), "webhook secret");
  }

  private static String said(@Nullable String secret, String words) {
    if (secret == null) return "";
    return ", " + words + (secret.isEmpty() ? " removed" : " entered");
  }
}
