package org.postroom.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code postroom send}: hands a message to the running Postroom, exactly once, and waits for what
 * becomes of it where wished.
 */
final class SendMessage {
  static final Command COMMAND =
      Command.asking("send", SendMessage::run)
          .with("--to", "--cc", "--bcc", "--subject", "--text", "--text-file", "--html-file")
          .with("--attach", "--document", "--account", "--template", "--layout", "--at")
          .with("--message", "--wait", "--idempotency-key")
          .flag("--dry-run");
  private static final Set<String> WAITING = Set.of("queued", "sending", "delayed");
  private static final Set<String> WELL = Set.of("queued", "sending", "delayed", "sent");
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final long MOST_BYTES = 26_000_000;

  private final Words words;
  private final Terminal terminal;

  private SendMessage(Words words, Terminal terminal) {
    this.words = words;
    this.terminal = terminal;
  }

  static Answer run(Words words, Terminal terminal)
      throws Wrong, Refused, IOException, InterruptedException {
    words.none();
    return new SendMessage(words, terminal).run();
  }

  private Answer run() throws Wrong, Refused, IOException, InterruptedException {
    Duration patience = patience();
    try (Server server = Server.of(words)) {
      String body = Server.JSON.writeValueAsString(body(server));
      boolean dryRun = words.flag("--dry-run");
      String key = words.option("--idempotency-key").orElseGet(() -> UUID.randomUUID().toString());
      JsonNode reply =
          server.json(
              server
                  .request("/messages" + (dryRun ? "?dry_run=true" : ""))
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", key)
                  .POST(BodyPublishers.ofString(body)));
      if (dryRun) return told(reply, "Nothing was sent. It would go like this:");
      return told(settled(server, reply, patience), "");
    }
  }

  /** The message as it stands when nothing more is to be waited for, or patience has ended. */
  private static JsonNode settled(Server server, JsonNode accepted, Duration patience)
      throws Wrong, Refused, IOException, InterruptedException {
    JsonNode message = accepted;
    long end = System.nanoTime() + patience.toNanos();
    while (WAITING.contains(state(message)) && System.nanoTime() - end < 0) {
      Thread.sleep(LOOK);
      message = server.get("/messages/" + message.path("id").stringValue(""));
    }
    return message;
  }

  private static Answer told(JsonNode message, String before) throws Wrong {
    if (!(message instanceof ObjectNode json)) throw new Wrong("The answer is no message.");
    List<String> lines = new ArrayList<>();
    if (!before.isEmpty()) lines.add(before);
    String id = message.path("id").stringValue("");
    if (!id.isEmpty()) lines.add(id + ": " + state(message).replace('_', ' '));
    lines.add("Subject: " + message.path("subject").stringValue(""));
    for (JsonNode one : message.path("recipients"))
      lines.add(
          "%s: %s (%s)"
              .formatted(
                  one.path("role").stringValue("to"),
                  one.path("address").stringValue(""),
                  one.path("state").stringValue("pending")));
    message
        .path("reasons")
        .properties()
        .forEach(reason -> {
          String why = reason.getValue().stringValue("");
          if (!why.isEmpty()) lines.add(reason.getKey() + ": " + why);
        });
    boolean well = id.isEmpty() || WELL.contains(state(message));
    return new Answer(well ? 0 : 1, lines, json);
  }

  private static String state(JsonNode message) {
    return message.path("state").stringValue("");
  }

  private ObjectNode body(Server server) throws Wrong, Refused, IOException, InterruptedException {
    Optional<String> whole = words.option("--message");
    if (whole.isPresent()) return whole(whole.get());
    ObjectNode body = Answer.object();
    for (String role : List.of("to", "cc", "bcc")) addresses(body, role);
    for (String field : List.of("subject", "text", "template", "layout"))
      words.option("--" + field).ifPresent(value -> body.put(field, value));
    words.option("--at").ifPresent(at -> body.put("send_at", at));
    document(body);
    Optional<String> account = words.option("--account");
    if (account.isPresent()) body.put("account", Named.account(server, account.get()));
    content(body);
    attachments(body);
    return body;
  }

  private ObjectNode whole(String file) throws Wrong, IOException {
    if (Server.read(text(file)) instanceof ObjectNode body) return body;
    throw new Wrong("What --message names must be one JSON object.");
  }

  private void addresses(ObjectNode body, String role) {
    List<String> given = words.options("--" + role);
    if (given.isEmpty()) return;
    ArrayNode all = body.putArray(role);
    given.forEach(all::add);
  }

  private void document(ObjectNode body) throws Wrong {
    Optional<String> given = words.option("--document");
    if (given.isEmpty()) return;
    int slash = given.get().indexOf('/');
    if (slash < 1)
      throw new Wrong("--document needs a kind and a number, such as invoice/INV-2026-0412.");
    body.putObject("document")
        .put("kind", given.get().substring(0, slash))
        .put("number", given.get().substring(slash + 1));
  }

  /** As mail(1): where no words are given they are read from what is piped in. */
  private void content(ObjectNode body) throws IOException {
    Optional<String> html = words.option("--html-file");
    if (html.isPresent()) body.put("html", text(html.get()));
    Optional<String> file = words.option("--text-file");
    if (file.isPresent()) body.put("text", text(file.get()));
    boolean silent = !body.has("text") && !body.has("html") && !body.has("document");
    if (silent) body.put("text", text("-"));
  }

  private void attachments(ObjectNode body) throws Wrong, IOException {
    List<String> files = words.options("--attach");
    if (files.isEmpty()) return;
    ArrayNode all = body.putArray("attachments");
    for (String name : files) {
      Path file = Path.of(name);
      if (Files.size(file) > MOST_BYTES) throw new Wrong(name + " is larger than 26 MB.");
      String filename = Objects.requireNonNull(file.getFileName()).toString();
      String type = URLConnection.guessContentTypeFromName(filename);
      all.addObject()
          .put("filename", filename)
          .put("content_type", type == null ? "application/octet-stream" : type)
          .put("content", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }
  }

  private String text(String file) throws IOException {
    if (!file.equals("-")) return Files.readString(Path.of(file));
    InputStream in = terminal.in();
    return new String(in.readNBytes((int) MOST_BYTES), StandardCharsets.UTF_8);
  }

  private Duration patience() throws Wrong {
    String given = words.option("--wait").orElse("0");
    if (!given.matches("\\d{1,4}") || Integer.parseInt(given) > LONGEST_WAIT.toSeconds())
      throw new Wrong("--wait needs seconds, at most " + LONGEST_WAIT.toSeconds() + ".");
    return Duration.ofSeconds(Integer.parseInt(given));
  }
}
