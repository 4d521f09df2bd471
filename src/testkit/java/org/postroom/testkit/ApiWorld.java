package org.postroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.postroom.testkit.ApiDescription.Example;
import org.postroom.testkit.ApiDescription.Operation;
import org.postroom.transport.LocalMailbox;
import org.postroom.transport.Submission;
import tools.jackson.databind.JsonNode;

/**
 * Something of everything in a running product, so that every operation of its API can be asked for
 * with things that exist.
 */
public final class ApiWorld {
  private final RunningPostroom postroom;
  private final Map<String, String> ids = new HashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  public ApiWorld(RunningPostroom postroom, ApiDescription api) {
    this.postroom = postroom;
    for (Operation operation : api.operations())
      if (operation.id().equals("putPartner") || operation.id().equals("putDocument"))
        send(request(operation, api.example(operation), postroom.key()));
    ids.put("account", json(postroom.get("/api/v1/accounts")).at("/data/0/id").asString());
    ids.put("event", tell());
    ids.put("trouble", trouble());
    ids.put("message", message("{}"));
    ids.put("local", local());
    for (String one : new String[] {"account", "event", "message"})
      ids.put(one + "s", ids.get(one));
    ids.put("local_messages", ids.get("local"));
    ids.put("dkim_keys", signingKey());
    template();
    ids.put("template", template());
    ids.put("rules", rule());
    ids.put("webhook", webhook());
    ids.put("delivery", delivery());
    ids.put("happening", happening());
    ids.put("layouts", layout());
  }

  /** A request to an operation, as a client makes it that follows the description. */
  public HttpRequest.Builder request(Operation operation, Example example, String key) {
    var request =
        HttpRequest.newBuilder(
            java.net.URI.create(postroom.url() + path(operation) + query(operation)));
    request.header("Authorization", "Bearer " + key);
    if (example == null) return request.method(operation.method(), BodyPublishers.noBody());
    return request
        .header("Content-Type", example.type())
        .method(operation.method(), BodyPublishers.ofString(fresh(operation, example)));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    return postroom.send(request);
  }

  /** The address with everything in braces filled in, with something it can be done to. */
  public String path(Operation operation) {
    String path = "/api/v1" + operation.path();
    if (path.contains("/versions/{number}")) path = path.replace("{number}", "1");
    path = path.replace("{kind}", "invoice").replace("{number}", "INV-2026-0412");
    path = path.replace("{ref}", "contoso").replace("{purpose}", "invoice");
    path = path.replace("{name}", "invoice_issued").replace("{version}", "1");
    if (path.contains("{file}") && !operation.method().equals("PUT")) attach();
    path = path.replace("{file}", "notes.txt");
    path = path.replace("{delivery}", ids.getOrDefault("delivery", "none"));
    if (path.contains("{address}")) path = path.replace("{address}", encoded(blocked()));
    return path.contains("{id}") ? path.replace("{id}", encoded(id(operation))) : path;
  }

  /** What must be asked along, as its example says. */
  private static String query(Operation operation) {
    StringBuilder query = new StringBuilder();
    for (JsonNode each : operation.node().path("parameters"))
      if (each.path("in").asString("").equals("query") && each.path("required").asBoolean(false))
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(each.get("name").asString())
            .append('=')
            .append(encoded(each.get("example").asString()));
    return query.toString();
  }

  /** The id of something of the operation's kind. */
  public String id(Operation operation) {
    String resource = operation.path().split("/")[1];
    return switch (operation.id()) {
      case "retryMessage" -> inState("not_sent");
      case "resolveMessage" -> inState("unclear");
      case "approveMessage", "rejectMessage" -> waitingForApproval();
      case "cancelMessage" -> message("{\"send_at\": \"2099-01-01T00:00:00Z\"}");
      case "releaseLocalMessage" -> keptForReal();
      case "deleteAccount" -> account();
      case "beginAccountSignIn", "disconnectAccount" -> microsoft();
      case "revokeApiKey" -> key();
      case "deleteTemplate" -> template();
      case "activateDkimKey" -> published(signingKey());
      case "deleteDkimKey" -> signingKey();
      case "deleteRule" -> rule();
      case "deleteLayout" -> layout();
      case "deleteWebhookEndpoint" -> webhook();
      default ->
          switch (resource) {
            case "messages" -> ids.get("message");
            case "accounts" -> ids.get("account");
            case "events" -> ids.get("event");
            case "local_messages" -> ids.get("local");
            case "dkim_keys" -> ids.get("dkim_keys");
            case "templates" -> ids.get("template");
            case "rules" -> ids.get("rules");
            case "layouts" -> ids.get("layouts");
            case "standing_files" -> standingFile();
            case "statements" -> run();
            case "payment_links" -> paymentLink();
            case "payment_gateways" -> paymentGateway();
            case "reminders" -> stop();
            case "backups" -> made("/api/v1/backups", "{}");
            case "erasures" ->
                made(
                    "/api/v1/erasures",
                    "{\"kind\": \"address\", \"value\": \"gone%d@x.example\"}"
                        .formatted(count.incrementAndGet()));
            case "bounces" -> bounce();
            case "webhook_endpoints" -> ids.get("webhook");
            case "webhook_events" -> ids.get("happening");
            default -> throw new AssertionError("Nothing is known to ask " + operation + " for.");
          };
    };
  }

  private String made(String path, String body) {
    HttpResponse<String> made = postroom.post(path, body);
    if (made.statusCode() != 409) return json(made).get("id").asString();
    // Where others have companies too, nobody makes a backup through the API; or one is there
    // already.
    HttpResponse<String> there = postroom.get(path);
    return there.statusCode() == 200 ? json(there).at("/data/0/id").asString() : "none";
  }

  /** Ids and words that only this company knows. */
  public java.util.Collection<String> secrets() {
    return ids.values();
  }

  public String id(String what) {
    return ids.get(what);
  }

  /** One more message on its way to the local mailbox. */
  public String message() {
    return message("{}");
  }

  /** A message with the given fields besides. */
  private String message(String more) {
    String body = "{\"subject\": \"Hello\", \"text\": \"Hi.\", \"to\": [\"a@contoso.example\"]}";
    String whole = more.equals("{}") ? body : body.replaceFirst("\\{", more.replace("}", ","));
    HttpResponse<String> sent = postroom.post("/api/v1/messages", whole);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").asString();
  }

  /** States that only a broken server leads to, written down as if one had. */
  private String inState(String state) {
    String id = message("{\"send_at\": \"2099-01-01T00:00:00Z\"}");
    postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql("UPDATE messages SET state = :state WHERE id = :id")
                .param("state", state)
                .param("id", id)
                .update());
    return id;
  }

  /** Sent by somebody else: who sent it does not approve it. */
  private String waitingForApproval() {
    String id = inState("held");
    postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql("UPDATE messages SET hold = 'APPROVAL', origin_id = 'usr_clerk' WHERE id = :id")
                .param("id", id)
                .update());
    return id;
  }

  /** A caught mail of an account that could really send it. */
  private String keptForReal() {
    String body =
        """
        {"kind": "smtp", "name": "Relay %d", "email": "relay@acme.example",
         "smtp": {"host": "127.0.0.1", "port": 9, "security": "none", "auth": false}}\
        """
            .formatted(count.incrementAndGet());
    HttpResponse<String> made = postroom.post("/api/v1/accounts", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    var envelope =
        new Envelope(Address.of("relay@acme.example"), List.of(Address.of("a@contoso.example")));
    byte[] content = "Subject: Hello\r\n\r\nHi.\r\n".getBytes(StandardCharsets.UTF_8);
    String account = json(made).get("id").asString();
    return postroom
        .bean(LocalMailbox.class)
        .keep(companyOf(account), account, new Submission(envelope, content));
  }

  /** A report about an address nobody wrote to: kept all the same. */
  private String bounce() {
    String report =
        """
        From: mailer-daemon@mx.example
        Message-ID: <report%d@mx.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; nobody@elsewhere.example
        Action: failed
        Status: 5.1.1

        --b--
        """
            .formatted(count.incrementAndGet());
    HttpResponse<String> taken =
        postroom.send(
            postroom
                .request("/api/v1/bounces")
                .header("Content-Type", "message/rfc822")
                .POST(BodyPublishers.ofString(report)));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    return json(taken).at("/bounces/0/id").asString();
  }

  /** An address of its own that is blocked. */
  private String blocked() {
    String address = "blocked%d@contoso.example".formatted(count.incrementAndGet());
    HttpResponse<String> made =
        postroom.post("/api/v1/suppressions", "{\"address\": \"" + address + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return address;
  }

  private String account() {
    String body =
        "{\"kind\": \"local\", \"name\": \"Box %d\", \"email\": \"box@acme.example\"}"
            .formatted(count.incrementAndGet());
    return json(postroom.post("/api/v1/accounts", body)).get("id").asString();
  }

  /** An account that needed somebody and recovered: two account events; its id. */
  private String trouble() {
    String id = account();
    String company = companyOf(id);
    Accounts accounts = postroom.bean(Accounts.class);
    accounts.needsAttention(company, id, State.NEEDS_ADMINISTRATOR, "The mailbox is full.");
    accounts.repaired(company, id);
    for (String number : new String[] {"IR-1", "IR-2"}) notify(company, number);
    return id;
  }

  private String companyOf(String account) {
    return postroom
        .bean(Database.class)
        .read(sql ->
            sql.sql("SELECT company_id FROM accounts WHERE id = :id")
                .param("id", account)
                .query(String.class)
                .single());
  }

  private void notify(String company, String number) {
    String title = "Goods received: " + number;
    postroom
        .bean(Notifications.class)
        .publish(
            NewNotification.of(
                company, number, Notification.Kind.GOODS_RECEIVED, title, "item_receipt", number));
  }

  private String microsoft() {
    String body =
        """
        {"kind": "microsoft", "name": "Microsoft %d", "email": "box@acme.example",
         "microsoft": {"client_id": "app-1"}}\
        """
            .formatted(count.incrementAndGet());
    return json(postroom.post("/api/v1/accounts", body)).get("id").asString();
  }

  /** Something that holds reminders back. */
  private String stop() {
    String body = "{\"kind\": \"dispute\", \"partner\": \"contoso\"}";
    HttpResponse<String> made = postroom.post("/api/v1/reminders/stops", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  /** A statement run that waits to be started. */
  private String run() {
    String body = "{\"date\": \"2026-11-21\", \"dry_run\": true}";
    String id = json(postroom.post("/api/v1/statements/runs", body)).get("id").asString();
    Eventually.eventually(
        () -> json(postroom.get("/api/v1/statements/runs/" + id)).get("state").asString(),
        "planned"::equals);
    return id;
  }

  /** A link to an invoice of its own, so that paying or ending it takes nothing from others. */
  private String paymentGateway() {
    String body =
        """
        {"kind": "url", "title": "Pay online %d", "url": "https://pay.example/?link={link}"}\
        """
            .formatted(count.incrementAndGet());
    HttpResponse<String> made = postroom.post("/api/v1/payment_gateways", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private String paymentLink() {
    String number = "INV-L" + count.incrementAndGet();
    put(
        "/api/v1/documents/invoice/" + number,
        "{\"currency\": \"EUR\", \"totals\": {\"gross\": \"50.00\", \"due\": \"50.00\"}}");
    String body =
        "{\"kind\": \"invoice\", \"items\": [{\"kind\": \"invoice\", \"number\": \"%s\"}]}"
            .formatted(number);
    HttpResponse<String> made = postroom.post("/api/v1/payment_links", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private String key() {
    String body = "{\"name\": \"x\", \"scopes\": [\"messages:read\"]}";
    return json(postroom.post("/api/v1/api_keys", body)).get("id").asString();
  }

  /** An endpoint that hears everything; nobody is there. */
  private String webhook() {
    return made("/api/v1/webhook_endpoints", "{\"url\": \"http://127.0.0.1:9/hook\"}");
  }

  private String delivery() {
    return made("/api/v1/webhook_endpoints/" + ids.get("webhook") + "/test", "");
  }

  /** Two events, the first one's id. */
  private String happening() {
    message();
    message();
    return Eventually.eventually(
            () -> json(postroom.get("/api/v1/webhook_events")).get("data"), told -> told.size() > 1)
        .at("/0/id")
        .asString();
  }

  private String layout() {
    String body =
        "{\"name\": \"Layout %d\", \"kinds\": [\"invoice\"], \"html\": \"<p>x</p>\"}"
            .formatted(count.incrementAndGet());
    HttpResponse<String> made = postroom.post("/api/v1/layouts", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private String rule() {
    String body =
        "{\"name\": \"Rule %d\", \"effects\": {\"hold\": \"\"}}".formatted(count.incrementAndGet());
    HttpResponse<String> made = postroom.post("/api/v1/rules", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  /** A file at the invoice everything is asked for. */
  private void attach() {
    put("/api/v1/documents/invoice/INV-2026-0412/files/notes.txt", "Notes.");
  }

  private String standingFile() {
    HttpResponse<String> added =
        postroom.send(
            postroom
                .request("/api/v1/standing_files?name=Terms.txt&kinds=quote")
                .POST(BodyPublishers.ofString("Terms.")));
    return json(added).get("id").asString();
  }

  private void put(String path, String content) {
    HttpResponse<String> put =
        postroom.send(
            postroom
                .request(path)
                .header(
                    "Content-Type", path.contains("/files/") ? "text/plain" : "application/json")
                .PUT(BodyPublishers.ofString(content)));
    assertThat(put.statusCode()).as(put.body()).isBetween(200, 201);
  }

  private String template() {
    String body =
        """
        {"purpose": "invoice", "language": "en", "name": "Friendly %d",
         "body": {"subject": "Invoice {{document.number}}", "message": "Here it is."}}\
        """
            .formatted(count.incrementAndGet());
    HttpResponse<String> made = postroom.post("/api/v1/templates", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private String signingKey() {
    String body = "{\"domain\": \"d%d.example\"}".formatted(count.incrementAndGet());
    HttpResponse<String> made = postroom.post("/api/v1/dkim_keys", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  /** With its records in the DNS. */
  private String published(String signingKey) {
    for (JsonNode txt : json(postroom.get("/api/v1/dkim_keys/" + signingKey)).get("records"))
      postroom.dns().txt(txt.get("name").asString(), txt.get("value").asString());
    return signingKey;
  }

  private String tell() {
    var told =
        postroom.send(
            postroom
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "w1", "source": "/world", "type": "quote.issued",
                         "data": {"kind": "quote", "number": "Q-1"}}
                        """)));
    return json(told).get("id").asString();
  }

  private String local() {
    return Eventually.eventually(
            () -> json(postroom.get("/api/v1/local_messages")), list -> !list.at("/data").isEmpty())
        .at("/data/0/id")
        .asString();
  }

  /** Payments have a reference once; everything else can be said again. */
  private String fresh(Operation operation, Example example) {
    if (operation.id().equals("orderRules")) return rulesBackwards();
    if (!operation.id().equals("tellPayment")) return example.text();
    return example.text().replace("BANK-1", "BANK-" + count.incrementAndGet());
  }

  private String rulesBackwards() {
    StringBuilder ids = new StringBuilder();
    for (JsonNode rule : json(postroom.get("/api/v1/rules")).get("data"))
      ids.insert(0, (ids.isEmpty() ? "\"" : "\", "))
          .insert(0, rule.get("id").asString())
          .insert(0, '"');
    return "{\"rules\": [" + ids + "]}";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
