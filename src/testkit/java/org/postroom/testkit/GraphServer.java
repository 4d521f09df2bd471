package org.postroom.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Microsoft Graph as far as sending mail goes: tokens with permissions, mailboxes with drafts and
 * sent items, upload sessions, sizes, and the rules that requests break in practice. Every JSON
 * request is held against the metadata; what breaks it is refused and noted as a violation.
 */
public final class GraphServer extends ApiServer {
  public static final int MOST_REQUEST = 4 * 1024 * 1024;

  private static final JsonMapper JSON = new JsonMapper();
  private static final int SMALLEST_UPLOAD = 3_000_000;
  private static final long LARGEST_UPLOAD = 150_000_000;
  private static final Pattern PATH = Pattern.compile("/v1\\.0/(me|users/([^/]+))(/.*)?");
  private static final Pattern ITEM =
      Pattern.compile("/messages/([^/]+)(/send|/attachments|/attachments/createUploadSession)?");

  private static final Pattern SEARCH = Pattern.compile("\\$filter=internetMessageId eq '(.*)'$");

  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Set<String> mailboxes = ConcurrentHashMap.newKeySet();
  private final Set<String> sendAs = ConcurrentHashMap.newKeySet();
  private final Set<String> unknownRecipients = ConcurrentHashMap.newKeySet();
  private final Map<String, GraphDraft> drafts = new ConcurrentHashMap<>();
  private final Map<String, GraphUpload> uploads = new ConcurrentHashMap<>();
  private final GraphInbox inbox = new GraphInbox();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
  private volatile int parallel = Integer.MAX_VALUE;
  private volatile boolean immutableIds = true;

  /** Who a token is for, and what it may. */
  private record Token(String mailbox, boolean app, Set<String> permissions) {}

  /**
   * What was queued for delivery.
   *
   * @param route mime, json or draft
   * @param mime as it came, or as Exchange would write what came in parts
   */
  public record Sent(
      String route, String mailbox, String from, List<String> recipients, byte[] mime) {}

  private GraphServer(@Nullable TestCertificates certificates) {
    super(certificates);
  }

  public static GraphServer start() {
    return new GraphServer(null);
  }

  public static GraphServer startTls(TestCertificates certificates) {
    return new GraphServer(certificates);
  }

  /** A person signed in; makes the mailbox. */
  public GraphServer token(String token, String mailbox, String... permissions) {
    mailboxes.add(mailbox);
    tokens.put(token, new Token(mailbox, false, Set.of(permissions)));
    return this;
  }

  /** A program without a person: it has no {@code /me}, but every mailbox. */
  public GraphServer appToken(String token, String... permissions) {
    tokens.put(token, new Token("", true, Set.of(permissions)));
    return this;
  }

  public void expire(String token) {
    tokens.remove(token);
  }

  public GraphServer mailbox(String address) {
    mailboxes.add(address);
    return this;
  }

  /** An address that whoever owns a mailbox may put into From. */
  public GraphServer sendAs(String address) {
    sendAs.add(address);
    return this;
  }

  /** A mail that came; the folder is {@code inbox} or {@code junkemail}. */
  public GraphServer received(String mailbox, String folder, byte[] mime, Instant at) {
    inbox.add(mailbox, folder, mime, at);
    return this;
  }

  public GraphServer unknownRecipient(String address) {
    unknownRecipients.add(address);
    return this;
  }

  /** Beyond so many at once per mailbox it answers 429, as MailboxConcurrency does. */
  public GraphServer parallel(int most) {
    parallel = most;
    return this;
  }

  /** As services do that do not know the preference: a sent draft is not found any more. */
  public GraphServer withoutImmutableIds() {
    immutableIds = false;
    return this;
  }

  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** How many drafts lie about, not sent. */
  public long drafts() {
    return drafts.values().stream().filter(draft -> draft.isDraft).count();
  }

  @Override
  protected ApiAnswer serve(ApiRequest request) {
    if (request.path().startsWith("/upload/")) return upload(request);
    Matcher path = PATH.matcher(request.path());
    if (!path.matches())
      return error(404, "ResourceNotFound", "Resource not found for the segment");
    Token token = token(request);
    if (token == null) return signInRefused();
    String mailbox = path.group(2) == null ? token.mailbox() : path.group(2);
    if (token.app() && path.group(2) == null)
      return error(
          400, "BadRequest", "/me request is only valid with delegated authentication flow.");
    if (!mailboxes.contains(mailbox))
      return error(404, "ErrorInvalidUser", "The requested user '" + mailbox + "' is invalid.");
    if (!token.app() && !mailbox.equals(token.mailbox()) && !may(token, "Mail.Send.Shared"))
      return denied();
    return limited(mailbox, () -> below(request, token, mailbox, String.valueOf(path.group(3))));
  }

  private ApiAnswer limited(String mailbox, java.util.function.Supplier<ApiAnswer> work) {
    AtomicInteger now = atOnce.computeIfAbsent(mailbox, none -> new AtomicInteger());
    try {
      if (now.incrementAndGet() > parallel)
        return error(
                429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
            .header("Retry-After", "10");
      return work.get();
    } finally {
      now.decrementAndGet();
    }
  }

  private ApiAnswer below(ApiRequest request, Token token, String mailbox, String path) {
    if (request.body().length > MOST_REQUEST)
      return error(413, "BadRequest", "Maximum request length exceeded.");
    if (path.equals("null") && request.method().equals("GET"))
      return may(token, "User.Read") ? new ApiAnswer(200, "{\"id\":\"1\"}") : denied();
    if (path.equals("/sendMail") && request.method().equals("POST"))
      return may(token, "Mail.Send") ? sendMail(request, mailbox) : denied();
    if (path.equals("/messages") && request.method().equals("GET"))
      return may(token, "Mail.ReadWrite") || may(token, "Mail.Read")
          ? search(request, mailbox)
          : denied();
    Optional<ApiAnswer> read = inbox.serve(request, mailbox, path, service());
    if (read.isPresent()) return mayRead(token) ? read.get() : denied();
    if (!may(token, "Mail.ReadWrite")) return denied();
    if (path.equals("/messages") && request.method().equals("POST"))
      return create(request, mailbox);
    Matcher item = ITEM.matcher(path);
    if (!item.matches())
      return error(404, "ResourceNotFound", "Resource not found for the segment");
    GraphDraft draft = drafts.get(item.group(1));
    if (draft == null || !draft.mailbox.equals(mailbox))
      return error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
    return switch (request.method() + item.group(2)) {
      case "POST/send" -> may(token, "Mail.Send") ? send(draft) : denied();
      case "POST/attachments" -> attach(request, draft);
      case "POST/attachments/createUploadSession" -> openUpload(request, draft);
      case "GETnull" -> new ApiAnswer(200, "{\"isDraft\":" + draft.isDraft + "}");
      case "DELETEnull" -> {
        drafts.remove(draft.id);
        yield new ApiAnswer(204, "");
      }
      default -> error(405, "Request_BadRequest", "Method not allowed.");
    };
  }

  /** By Message-ID alone; what was sent has a copy, unless somebody hides it. */
  private ApiAnswer search(ApiRequest request, String mailbox) {
    Matcher filter = SEARCH.matcher(request.query());
    if (!filter.find()) {
      violated("A search by something else: " + request.query());
      return error(400, "BadRequest", "Invalid filter clause");
    }
    String wanted = filter.group(1).replace("''", "'");
    var found = new ArrayList<String>();
    for (Sent one : sent)
      if (one.mailbox().equals(mailbox) && wanted.equals(ParsedMail.messageId(one.mime())))
        found.add("{\"id\":\"AAMkCopy\",\"isDraft\":false}");
    for (GraphDraft one : drafts.values())
      if (one.isDraft
          && one.mailbox.equals(mailbox)
          && wanted.equals(ParsedMail.messageId(one.mime())))
        found.add("{\"id\":\"AAMkDraft\",\"isDraft\":true}");
    return new ApiAnswer(200, "{\"value\":[" + String.join(",", found) + "]}");
  }

  private ApiAnswer sendMail(ApiRequest request, String mailbox) {
    String type = String.valueOf(request.header("content-type"));
    if (type.startsWith("text/plain")) return sendMime(request, mailbox);
    if (!type.startsWith("application/json"))
      return error(415, "RequestBodyRead", "Unsupported content type " + type);
    JsonNode body = json(request);
    ApiAnswer wrong = checked("sendMail", body);
    if (wrong != null) return wrong;
    return deliver("json", new GraphDraft("", mailbox, GraphMetadata.get(body, "message")));
  }

  private ApiAnswer sendMime(ApiRequest request, String mailbox) {
    byte[] mime;
    try {
      mime = Base64.getDecoder().decode(request.body());
    } catch (IllegalArgumentException notBase64) {
      violated("MIME that is not base64");
      return error(
          400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
    }
    ParsedMail mail = ParsedMail.of(mime);
    return queued("mime", mailbox, new Sent("mime", mailbox, mail.from(), mail.recipients(), mime));
  }

  private ApiAnswer deliver(String route, GraphDraft draft) {
    byte[] mime = draft.mime();
    ParsedMail mail = ParsedMail.of(mime);
    String from = mail.from().isEmpty() ? draft.mailbox : mail.from();
    return queued(
        route, draft.mailbox, new Sent(route, draft.mailbox, from, draft.recipients(), mime));
  }

  private ApiAnswer queued(String route, String mailbox, Sent mail) {
    if (!mail.from().equalsIgnoreCase(mailbox) && !sendAs.contains(mail.from()))
      return error(
          403,
          "ErrorSendAsDenied",
          "The user account which was used to submit this request does not have the right to send"
              + " mail on behalf of the specified sending account., Cannot submit message.");
    if (mail.recipients().isEmpty())
      return error(400, "ErrorInvalidRecipients", "At least one recipient is not valid.");
    for (String recipient : mail.recipients())
      if (unknownRecipients.contains(recipient))
        return error(
            400,
            "ErrorInvalidRecipients",
            "At least one recipient is not valid., Recipient '" + recipient + "' is not resolved.");
    sent.add(mail);
    return new ApiAnswer(202, Map.of("request-id", "req-" + route + "-" + sent.size()), "");
  }

  private ApiAnswer create(ApiRequest request, String mailbox) {
    JsonNode body = json(request);
    ApiAnswer wrong = checked("message", body);
    if (wrong != null) return wrong;
    boolean stable = immutableIds && "IdType=\"ImmutableId\"".equals(request.header("prefer"));
    String id = "AAMk+" + numbers.incrementAndGet() + "=";
    drafts.put(id, new GraphDraft(id, mailbox, body).stable(stable));
    return new ApiAnswer(201, "{\"id\":\"" + id + "\",\"isDraft\":true}");
  }

  private ApiAnswer send(GraphDraft draft) {
    if (!draft.isDraft)
      return error(400, "ErrorInvalidOperation", "The message has been sent already.");
    if (uploads.values().stream().anyMatch(upload -> upload.draft == draft && !upload.done()))
      violated("A draft was sent before its upload was complete");
    ApiAnswer answer = deliver("draft", draft);
    if (answer.status() != 202) return answer;
    draft.isDraft = false;
    if (!draft.stable) drafts.remove(draft.id);
    return answer;
  }

  private ApiAnswer attach(ApiRequest request, GraphDraft draft) {
    JsonNode body = json(request);
    ApiAnswer wrong = checked("fileAttachment", body);
    if (wrong != null) return wrong;
    if (!GraphMetadata.get(body, "@odata.type").isString())
      return error(400, "RequestBodyRead", "A type name was not found for an abstract attachment.");
    draft.files.add(body);
    return new ApiAnswer(201, "{\"id\":\"att" + numbers.incrementAndGet() + "\"}");
  }

  private ApiAnswer openUpload(ApiRequest request, GraphDraft draft) {
    JsonNode body = json(request);
    ApiAnswer wrong = checked("createUploadSession", body);
    if (wrong != null) return wrong;
    JsonNode item = GraphMetadata.get(body, "AttachmentItem");
    long size = GraphMetadata.get(item, "size").asLong();
    if (size < SMALLEST_UPLOAD)
      return error(
          400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "The file is too small.");
    if (size > LARGEST_UPLOAD)
      return error(413, "ErrorAttachmentSizeLimitExceeded", "The file is too large.");
    String key = "s" + numbers.incrementAndGet();
    uploads.put(key, new GraphUpload(draft, item, (int) size));
    String url = service() + "/upload/" + key + "?authtoken=secret-of-" + key;
    return new ApiAnswer(201, "{\"uploadUrl\":\"" + url + "\",\"nextExpectedRanges\":[\"0-\"]}");
  }

  private ApiAnswer upload(ApiRequest request) {
    String key = request.path().substring("/upload/".length());
    GraphUpload upload = uploads.get(key);
    if (upload == null || !request.query().equals("authtoken=secret-of-" + key)) {
      violated("An upload address was changed");
      return error(404, "ErrorItemNotFound", "No such upload.");
    }
    if (request.header("authorization") != null) {
      violated("A token was sent to an upload address");
      return error(401, "InvalidAuthenticationToken", "No token belongs here.");
    }
    String trouble = upload.put(request.body(), String.valueOf(request.header("content-range")));
    if (trouble != null) {
      violated(trouble);
      return error(416, "ErrorInvalidRange", trouble);
    }
    if (!upload.done())
      return new ApiAnswer(200, "{\"nextExpectedRanges\":[\"" + upload.received() + "\"]}");
    upload.draft.files.add(upload.file());
    return new ApiAnswer(201, Map.of("Location", service() + "/v1.0/attachments/" + key), "");
  }

  private @Nullable ApiAnswer checked(String type, @Nullable JsonNode body) {
    if (body == null) {
      violated("A body that is no JSON");
      return error(400, "RequestBodyRead", "The request body is no JSON.");
    }
    List<String> wrong = new ArrayList<>(GraphMetadata.check(type, body));
    if (!wrong.isEmpty()) {
      wrong.forEach(this::violated);
      return error(400, "RequestBodyRead", String.join("; ", wrong));
    }
    return headers(type.equals("message") ? body : GraphMetadata.get(body, "message"));
  }

  private @Nullable ApiAnswer headers(JsonNode message) {
    JsonNode headers = GraphMetadata.get(message, "internetMessageHeaders");
    if (headers.isMissingNode()) return null;
    if (headers.isEmpty() || headers.size() > 5) {
      violated(headers.size() + " headers");
      return error(
          400,
          "InvalidInternetMessageHeaderCollection",
          "Maximum number of headers in one message should be less than or equal to 5.");
    }
    for (JsonNode header : headers) {
      String name = GraphMetadata.get(header, "name").asString("");
      if (name.toLowerCase(Locale.ROOT).startsWith("x-")) continue;
      violated("The header " + name);
      return error(
          400,
          "InvalidInternetMessageHeader",
          "The internet message header name '" + name + "' should start with 'x-' or 'X-'.");
    }
    return null;
  }

  private @Nullable Token token(ApiRequest request) {
    String header = String.valueOf(request.header("authorization"));
    return header.startsWith("Bearer ") ? tokens.get(header.substring(7)) : null;
  }

  private static boolean mayRead(Token token) {
    return may(token, "Mail.Read") || may(token, "Mail.ReadWrite");
  }

  private static boolean may(Token token, String permission) {
    return token.permissions().stream()
        .anyMatch(one -> one.equals(permission) || one.startsWith(permission + "."));
  }

  private static @Nullable JsonNode json(ApiRequest request) {
    try {
      return JSON.readTree(request.body());
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private static ApiAnswer signInRefused() {
    return error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")
        .header("WWW-Authenticate", "Bearer realm=\"\", error=\"invalid_token\"");
  }

  private static ApiAnswer denied() {
    return error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
  }

  private static ApiAnswer error(int status, String code, String message) {
    var error = JSON.createObjectNode();
    error.put("code", code).put("message", message);
    error.putObject("innerError").put("date", "2026-11-21T10:00:00").put("request-id", "req-1");
    var body = JSON.createObjectNode();
    body.set("error", error);
    return new ApiAnswer(status, body.toString());
  }
}
