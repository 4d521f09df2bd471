package org.postroom.testkit;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.gmail.model.Message;
import com.google.api.services.gmail.model.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The Gmail API as far as sending goes: tokens with scopes, the two ways to hand a message over,
 * and Gmail's silent change of a From that is none of the mailbox's own. Reads and writes JSON with
 * Google's own model.
 */
public final class GmailServer extends ApiServer {
  public static final int LARGEST = 36_700_160;

  private static final String SEND = "/gmail/v1/users/me/messages/send";
  private static final String MESSAGES = "/gmail/v1/users/me/messages";
  private static final String PROFILE = "/gmail/v1/users/me/profile";

  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Set<String> sendAs = ConcurrentHashMap.newKeySet();
  private final GmailInbox inbox = new GmailInbox();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();

  private record Token(String mailbox, Set<String> scopes) {}

  /**
   * What was taken.
   *
   * @param from whose mail it is now, which may not be what the message said
   */
  public record Sent(String id, String from, List<String> recipients, byte[] mime) {}

  private GmailServer(@Nullable TestCertificates certificates) {
    super(certificates);
  }

  public static GmailServer start() {
    return new GmailServer(null);
  }

  public static GmailServer startTls(TestCertificates certificates) {
    return new GmailServer(certificates);
  }

  /**
   * @param scopes as short names: gmail.send
   */
  public GmailServer token(String token, String mailbox, String... scopes) {
    tokens.put(token, new Token(mailbox, Set.of(scopes)));
    return this;
  }

  public void expire(String token) {
    tokens.remove(token);
  }

  /** An address confirmed under "Send mail as". */
  public GmailServer sendAs(String address) {
    sendAs.add(address);
    return this;
  }

  /** A mail that came; the label is INBOX or SPAM. */
  public GmailServer received(String label, byte[] mime, Instant at) {
    inbox.add(label, mime, at);
    return this;
  }

  /** As after a week: an old history id is not known any more. */
  public void forgetHistory() {
    inbox.forgetHistory();
  }

  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  @Override
  protected ApiAnswer serve(ApiRequest request) {
    Token token =
        tokens.get(String.valueOf(request.header("authorization")).replace("Bearer ", ""));
    if (token == null) return invalidCredentials();
    Optional<ApiAnswer> read = inbox.serve(request);
    if (read.isPresent()) return mayRead(token) ? read.get() : missingScope();
    return switch (request.line()) {
      case "GET " + PROFILE -> profile(token);
      case "GET " + MESSAGES -> search(request, token);
      case "POST " + SEND -> may(token) ? raw(request, token) : missingScope();
      case "POST /upload" + SEND -> may(token) ? upload(request, token) : missingScope();
      default -> error(404, "notFound", "NOT_FOUND", "Requested entity was not found.");
    };
  }

  private ApiAnswer profile(Token token) {
    if (!mayRead(token)) return missingScope();
    return new ApiAnswer(
        200,
        json(
            new Profile()
                .setEmailAddress(token.mailbox())
                .setHistoryId(BigInteger.valueOf(inbox.history()))));
  }

  /** Only by Message-ID, among what was sent. */
  private ApiAnswer search(ApiRequest request, Token token) {
    if (!token.scopes().contains("gmail.readonly")) return missingScope();
    String wanted = "<" + request.query().replaceAll("^.*rfc822msgid:", "") + ">";
    List<Message> found =
        sent.stream()
            .filter(one -> wanted.equals(ParsedMail.messageId(one.mime())))
            .map(one -> new Message().setId(one.id()))
            .toList();
    return new ApiAnswer(
        200, found.isEmpty() ? "{\"resultSizeEstimate\":0}" : json(Map.of("messages", found)));
  }

  private ApiAnswer raw(ApiRequest request, Token token) {
    try {
      Message message = GsonFactory.getDefaultInstance().fromString(request.text(), Message.class);
      return taken(message.decodeRaw(), token);
    } catch (IOException | IllegalArgumentException unreadable) {
      violated("A body that Google's model cannot read: " + unreadable.getMessage());
      return error(400, "parseError", "INVALID_ARGUMENT", "Parse Error");
    }
  }

  private ApiAnswer upload(ApiRequest request, Token token) {
    if (!request.query().contains("uploadType=media")) {
      violated("An upload of another type: " + request.query());
      return error(400, "invalidArgument", "INVALID_ARGUMENT", "Unknown upload type");
    }
    if (!"message/rfc822".equals(request.header("content-type"))) {
      violated("An upload that is no message/rfc822");
      return error(
          400,
          "badContent",
          "INVALID_ARGUMENT",
          "Media type is not supported. Valid media types: [message/rfc822]");
    }
    return taken(request.body(), token);
  }

  private ApiAnswer taken(byte[] mime, Token token) {
    if (mime.length > LARGEST)
      return error(
          413, "uploadTooLarge", "INVALID_ARGUMENT", "Request payload size exceeds the limit");
    ParsedMail mail = ParsedMail.of(mime);
    if (mail.recipients().isEmpty())
      return error(400, "invalidArgument", "INVALID_ARGUMENT", "Recipient address required");
    boolean own = mail.from().equals(token.mailbox()) || sendAs.contains(mail.from());
    String id = String.format("%016x", 0x18f0_0000_0000_0000L + numbers.incrementAndGet());
    sent.add(
        new Sent(
            id,
            own ? mail.from() : token.mailbox(),
            mail.recipients(),
            own ? mime : replaced(mime, mail.from(), token.mailbox())));
    return new ApiAnswer(
        200, json(new Message().setId(id).setThreadId(id).setLabelIds(List.of("SENT"))));
  }

  private static byte[] replaced(byte[] mime, String from, String mailbox) {
    String text = new String(mime, StandardCharsets.ISO_8859_1);
    return text.replaceFirst(
            "(?im)^From:.*$", "From: " + mailbox + "\r\nX-Google-Original-From: " + from)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean mayRead(Token token) {
    return token.scopes().contains("gmail.readonly");
  }

  private static boolean may(Token token) {
    return token.scopes().contains("gmail.send");
  }

  private static ApiAnswer invalidCredentials() {
    return error(401, "authError", "UNAUTHENTICATED", "Invalid Credentials")
        .header("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\"");
  }

  private static ApiAnswer missingScope() {
    return error(
        403,
        "insufficientPermissions",
        "PERMISSION_DENIED",
        "Request had insufficient authentication scopes.");
  }

  private static ApiAnswer error(int status, String reason, String name, String message) {
    return new ApiAnswer(
        status,
        json(
            Map.of(
                "error",
                Map.of(
                    "code", status,
                    "message", message,
                    "status", name,
                    "errors",
                        List.of(
                            Map.of("message", message, "domain", "global", "reason", reason))))));
  }

  private static String json(Object value) {
    try {
      return GsonFactory.getDefaultInstance().toString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
