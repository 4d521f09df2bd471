package org.postroom.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The company behind an {@link EwsServer}: {@code ACME}, with the users
 *
 * <ul>
 *   <li>invoices (invoices@acme.example): own mailbox, everything in billing@acme.example
 *   <li>robot (robot@acme.example): no mailbox, everything in billing@acme.example
 * </ul>
 *
 * Mail may be sent as invoices@, billing@ and the address of the mailbox; boss@acme.example is
 * nobody's. Every password is {@link #PASSWORD}.
 */
public final class EwsMailboxes {
  public static final String DOMAIN = "ACME";
  public static final String PASSWORD = "s3cret pässword";
  public static final String OWN = "invoices@acme.example";
  public static final String SHARED = "billing@acme.example";

  private static final Set<String> EXISTING = Set.of(OWN, SHARED, "boss@acme.example");
  private static final Set<String> ROBOT = Set.of(SHARED);
  private static final Set<String> INVOICES = Set.of(OWN, SHARED);
  private static final Set<String> SEND_AS = Set.of(OWN, SHARED);
  private static final Pattern SPEC = Pattern.compile("[^\\s<>,;\"]+@[^\\s<>,;\"]+");

  private final AtomicLong ids = new AtomicLong();
  private final Map<String, Map<String, Item>> drafts = new ConcurrentHashMap<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private volatile boolean full;
  private volatile boolean sloppy;

  /** Something that went out, and whether a copy was kept. */
  public record Sent(
      String mailbox, String from, List<String> recipients, byte[] mime, boolean copied) {}

  /** A mail that came. */
  record Received(String mailbox, String folder, String id, byte[] mime, Instant at) {}

  record Item(String id, String changeKey, String mailbox, byte[] mime) {
    @Nullable String messageId() {
      return EwsMailboxes.header(mime, "Message-ID");
    }
  }

  /** What stops a request: a response code and its text. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final String code;

    Refused(String code, String text) {
      super(text);
      this.code = code;
    }
  }

  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** The Message-IDs of the drafts of a mailbox. */
  public List<String> drafts(String mailbox) {
    return in(mailbox).values().stream().map(item -> String.valueOf(item.messageId())).toList();
  }

  /** The Message-IDs of what was deleted. */
  public List<String> deleted() {
    return List.copyOf(deleted);
  }

  /** Somebody's own draft. */
  public void draft(String mailbox, String mime) {
    var unused = save(mailbox, mime.getBytes(UTF_8));
  }

  /** A mail that came; the folder is {@code inbox} or {@code junkemail}. */
  public void received(String mailbox, String folder, byte[] mime, Instant at) {
    String id = id("received" + ids.incrementAndGet());
    received.add(new Received(mailbox, folder, id, mime, at));
  }

  /** Somebody took away what came. */
  public void takeAwayReceived() {
    received.clear();
  }

  /** Oldest first, as far as it is that old at most. */
  List<Received> receivedSince(String mailbox, String folder, Instant from, int most) {
    return received.stream()
        .filter(one -> one.mailbox().equals(mailbox) && one.folder().equals(folder))
        .filter(one -> !one.at().isBefore(from))
        .sorted(Comparator.comparing(Received::at))
        .limit(most)
        .toList();
  }

  Received receivedOf(String id) throws Refused {
    for (Received one : received) if (one.id().equals(id)) return one;
    throw new Refused("ErrorItemNotFound", "The specified object was not found in the store.");
  }

  /** No space is left. */
  public void fill() {
    full = true;
  }

  /** From now on a search gives all there is. */
  public void searchBadly() {
    sloppy = true;
  }

  static Map<String, String> passwords() {
    return Map.of(
        "invoices", PASSWORD, OWN, PASSWORD, "robot", PASSWORD, "robot@acme.example", PASSWORD);
  }

  /** The mailbox that a user means. */
  String mailbox(String user, @Nullable String named) throws Refused {
    boolean robot = user.startsWith("robot");
    if (named == null && robot)
      throw new Refused(
          "ErrorMissingEmailAddress",
          "When making a request as an account that does not have a mailbox, you must specify the"
              + " mailbox primary SMTP address for any distinguished folder Ids.");
    if (named == null) return OWN;
    if (!EXISTING.contains(named))
      throw new Refused(
          "ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.");
    if ((robot ? ROBOT : INVOICES).contains(named)) return named;
    throw new Refused("ErrorAccessDenied", "Access is denied. Check credentials and try again.");
  }

  Item save(String mailbox, byte[] mime) {
    long number = ids.incrementAndGet();
    var item = new Item(id("item" + number), id("key" + number), mailbox, mime);
    in(mailbox).put(item.id(), item);
    return item;
  }

  Item saveUnlessFull(String mailbox, byte[] mime) throws Refused {
    if (full)
      throw new Refused(
          "ErrorQuotaExceeded", "The requested operation could not be completed: mailbox is full.");
    return save(mailbox, mime);
  }

  Item item(String id) throws Refused {
    for (Map<String, Item> folder : drafts.values()) {
      Item found = folder.get(id);
      if (found != null) return found;
    }
    throw new Refused("ErrorItemNotFound", "The specified object was not found in the store.");
  }

  void delete(Item item) {
    in(item.mailbox()).remove(item.id());
    deleted.add(String.valueOf(item.messageId()));
  }

  /** What was sent and kept. */
  List<Item> findSent(String mailbox, String messageId) {
    return sent.stream()
        .filter(one -> one.copied() && one.mailbox().equals(mailbox))
        .map(one -> new Item(id("sent"), id("key"), mailbox, one.mime()))
        .filter(item -> sloppy || messageId.equals(item.messageId()))
        .toList();
  }

  List<Item> find(String mailbox, String messageId) {
    return in(mailbox).values().stream()
        .filter(item -> sloppy || messageId.equals(item.messageId()))
        .toList();
  }

  /** What lies among the drafts goes out; refused, it stays there. */
  void send(Item item, boolean copied) throws Refused {
    List<String> from = addresses(header(item.mime(), "From"));
    if (from.size() != 1 || !(SEND_AS.contains(from.getFirst())))
      throw new Refused(
          "ErrorSendAsDenied",
          "The user account which was used to submit this request does not have the right to send"
              + " mail on behalf of the specified sending account.");
    List<String> recipients = new ArrayList<>();
    for (String name : List.of("To", "Cc", "Bcc"))
      recipients.addAll(addresses(header(item.mime(), name)));
    if (recipients.isEmpty())
      throw new Refused("ErrorInvalidRecipients", "At least one recipient isn't valid.");
    in(item.mailbox()).remove(item.id());
    sent.add(new Sent(item.mailbox(), from.getFirst(), recipients, item.mime(), copied));
  }

  private Map<String, Item> in(String mailbox) {
    return drafts.computeIfAbsent(
        mailbox, unused -> java.util.Collections.synchronizedMap(new LinkedHashMap<>()));
  }

  private static String id(String text) {
    return Base64.getEncoder().encodeToString(("AAMk" + text).getBytes(UTF_8));
  }

  private static List<String> addresses(@Nullable String value) {
    List<String> found = new ArrayList<>();
    Matcher matcher = SPEC.matcher(value == null ? "" : value);
    while (matcher.find()) found.add(matcher.group());
    return found;
  }

  private static @Nullable String header(byte[] mime, String name) {
    try {
      return new InternetHeaders(new ByteArrayInputStream(mime), true).getHeader(name, ",");
    } catch (MessagingException unreadable) {
      return null;
    }
  }
}
