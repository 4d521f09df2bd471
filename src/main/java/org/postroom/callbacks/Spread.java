package org.postroom.callbacks;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.happenings.Happening;
import org.postroom.happenings.HappeningLog;
import org.postroom.happenings.HappeningType;
import org.postroom.outbox.MessageJson;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives what happened its place and its body, and makes a delivery of it for each endpoint that
 * wants to hear it: all in one commit, so that none is lost and none comes twice by us.
 */
@Component
class Spread {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Short enough for nobody to wait who wants to write. */
  private static final int AT_ONCE = 50;

  /** Where a body is longer, the recipients are left out of it. */
  private static final int LONGEST = 200_000;

  private final Database database;
  private final HappeningLog log;
  private final Outbox outbox;
  private final Accounts accounts;

  Spread(Database database, HappeningLog log, Outbox outbox, Accounts accounts) {
    this.database = database;
    this.log = log;
    this.outbox = outbox;
    this.accounts = accounts;
  }

  /** Companies for which there is something to be spread. */
  List<String> waiting() {
    return log.waiting();
  }

  /** True where there is more. */
  boolean some(String company) {
    return database.write(sql -> {
      List<Happening> next = log.next(company, AT_ONCE);
      if (next.isEmpty()) return false;
      List<WebhookEndpoint> endpoints =
          EndpointRows.list(sql, company).stream().filter(WebhookEndpoint::active).toList();
      Instant now = sql.now();
      for (Happening each : next) {
        log.place(each, body(each));
        spread(sql, each, endpoints, now);
      }
      return next.size() == AT_ONCE;
    });
  }

  private static void spread(
      Sql sql, Happening happening, List<WebhookEndpoint> endpoints, Instant now) {
    Optional<HappeningType> type = HappeningType.of(happening.type());
    for (WebhookEndpoint endpoint : endpoints)
      if (type.filter(endpoint::hears).isPresent())
        DeliveryRows.insert(sql, happening, endpoint.id(), now);
  }

  private String body(Happening happening) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>(happening.facts());
    data.putAll(about(happening));
    String body = body(happening, data);
    if (body.length() <= LONGEST) return body;
    if (data.get("message") instanceof Map<?, ?> message) message.remove("recipients");
    return body(happening, data);
  }

  /** As it is told, in this order. */
  static String body(Happening happening, Map<String, ? extends @Nullable Object> data) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", happening.id());
    body.put("type", happening.type());
    body.put("created_at", happening.at());
    body.put("company", happening.company());
    body.put("data", data);
    return JSON.writeValueAsString(body);
  }

  /** What it happened to, as it stands when it is told. */
  private Map<String, @Nullable Object> about(Happening happening) {
    String company = happening.company();
    String id = happening.subject();
    Map<String, @Nullable Object> about = new LinkedHashMap<>();
    switch (happening.type().split("[.]")[0]) {
      case "message" ->
          about.put("message", outbox.find(company, id).map(MessageJson::write).orElse(null));
      case "account" ->
          about.put("account", accounts.find(company, id).map(Spread::told).orElse(null));
      default -> about.put("payment_link", id);
    }
    return about;
  }

  private static Map<String, String> told(Account account) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("id", account.id());
    told.put("name", account.name());
    told.put("email", account.email().spec());
    told.put("kind", account.kind().word());
    return told;
  }
}
