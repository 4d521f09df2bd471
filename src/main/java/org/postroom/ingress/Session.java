package org.postroom.ingress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * One connection's dialogue (RFC 5321, RFC 6409): commands in, replies out, one after the other.
 */
final class Session {
  private final House house;
  private final Wire wire;
  private final Turn turn;
  private final boolean tlsFromStart;
  private boolean secured;
  private @Nullable String hello;
  private boolean extended;
  private @Nullable Badge badge;
  private @Nullable Transaction transaction;
  private int errors;
  private int idle;
  private boolean over;

  Session(House house, Wire wire, Turn turn, boolean tlsFromStart) {
    this.house = house;
    this.wire = wire;
    this.turn = turn;
    this.tlsFromStart = tlsFromStart;
  }

  /** What stands between MAIL and the end of the content. */
  private static final class Transaction {
    final Guest guest;
    final @Nullable Address sender;
    final MailParameters parameters;
    final Map<String, Address> recipients = new LinkedHashMap<>();

    Transaction(Guest guest, @Nullable Address sender, MailParameters parameters) {
      this.guest = guest;
      this.sender = sender;
      this.parameters = parameters;
    }
  }

  /** Runs to its end, whoever ends it. */
  void run() throws IOException {
    if (tlsFromStart) secure();
    wire.put(new Reply(220, house.name() + " ESMTP Postroom"));
    while (!over) next();
    wire.finish();
  }

  private void next() throws IOException {
    try {
      String line = wire.line(Bounds.COMMAND_LINE);
      say(line == null ? Reply.TOO_LONG : reply(Command.of(line)));
    } catch (Wire.BareLineEnd unclear) {
      // Nobody knows any more where its next command begins.
      end(Reply.BARE_LINE_END);
    } catch (Wire.Stopping stopping) {
      end(Reply.STOPPING);
    } catch (Refused refused) {
      say(refused.reply());
    }
  }

  private void say(Reply reply) throws IOException {
    wire.put(reply);
    if (!reply.isError()) return;
    if (++errors >= house.bounds().errors()) end(Reply.TOO_MANY_ERRORS);
  }

  private void end(Reply last) throws IOException {
    wire.put(last);
    over = true;
  }

  private Reply reply(Command command) throws IOException, Refused, Wire.BareLineEnd {
    if (!command.isClean()) throw new Refused(500, "5.5.2 Control characters are not allowed here");
    if (++idle > house.bounds().idleCommands()) return enough();
    return switch (command.verb()) {
      case "MAIL" -> mail(command.argument());
      case "RCPT" -> rcpt(command.argument());
      case "DATA" -> data(command.argument());
      case "EHLO" -> hello(command.argument(), true);
      case "HELO" -> hello(command.argument(), false);
      case "AUTH" -> auth(command.argument());
      case "STARTTLS" -> startTls(command.argument());
      case "RSET" -> reset(command.argument());
      case "NOOP" -> Reply.OK;
      case "HELP" -> Reply.HELP;
      case "VRFY" -> command.argument().isEmpty() ? needs("VRFY address") : Reply.NO_OPINION;
      case "QUIT" -> quit();
      case "BDAT", "EXPN", "ETRN", "TURN", "SEND", "SOML", "SAML" -> Reply.NOT_OFFERED;
      default -> Reply.UNKNOWN;
    };
  }

  private Reply enough() {
    over = true;
    return Reply.TOO_MANY_COMMANDS;
  }

  private Reply hello(String name, boolean extended) throws IOException, Refused {
    if (name.isEmpty()) throw new Refused(501, "5.5.4 Say who you are: EHLO name");
    this.hello = name;
    this.extended = extended;
    this.transaction = null;
    if (!extended) return new Reply(250, house.name());
    List<String> offers = new ArrayList<>();
    offers.add(house.name());
    offers.add("PIPELINING");
    offers.add("SIZE " + house.bounds().messageBytes());
    if (!secured) offers.add("STARTTLS");
    if (mayAuth() && badge == null) offers.add("AUTH PLAIN LOGIN");
    offers.addAll(List.of("ENHANCEDSTATUSCODES", "8BITMIME", "DSN"));
    for (String offer : offers)
      wire.put(("250-" + offer + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return new Reply(250, "SMTPUTF8");
  }

  private boolean mayAuth() {
    return secured || (house.localAuth() && wire.fromThisMachine());
  }

  private Reply startTls(String argument) throws IOException, Refused {
    if (!argument.isEmpty()) throw new Refused(501, "5.5.4 STARTTLS takes no parameter");
    if (secured) throw new Refused(503, "5.5.1 TLS is on already");
    if (transaction != null) return Reply.NOT_NOW;
    if (wire.hasMore()) return outOfStep("STARTTLS");
    wire.put(Reply.READY_FOR_TLS);
    secure();
    // RFC 3207 4.2: everything said before counts for nothing.
    hello = null;
    badge = null;
    return Reply.NONE;
  }

  private void secure() throws IOException {
    wire.secure(house.tls());
    secured = true;
  }

  /** Text after a command that must be the last of its group: it must not be taken for commands. */
  private Reply outOfStep(String verb) {
    over = true;
    return new Reply(503, "5.5.0 Nothing may follow " + verb + " before its reply (RFC 2920)");
  }

  private Reply auth(String argument) throws IOException, Refused, Wire.BareLineEnd {
    if (hello == null || !extended) throw new Refused(Reply.GREET_FIRST);
    if (badge != null) throw new Refused(503, "5.5.1 You are signed in already");
    if (transaction != null) return Reply.NOT_NOW;
    if (!mayAuth())
      throw new Refused(538, "5.7.11 Start TLS first; keys do not travel in the open");
    if (wire.hasMore()) return outOfStep("AUTH");
    var shown = new Badge(new SignIn(wire).password(argument), wire.address(), true);
    house.reception().signIn(shown);
    badge = shown;
    turn.known();
    errors = 0;
    return Reply.SIGNED_IN;
  }

  private Reply mail(String argument) throws Refused {
    if (hello == null) return Reply.GREET_FIRST;
    if (transaction != null) return Reply.NOT_NOW;
    Guest guest = guest();
    turn.known();
    Path path = Path.of("FROM", argument);
    var parameters = MailParameters.of(path, house.bounds().messageBytes());
    if (path.address() != null) guest.senders().choose(path.address());
    transaction = new Transaction(guest, path.address(), parameters);
    return Reply.SENDER_OK;
  }

  private Guest guest() throws Refused {
    if (badge != null) return house.reception().guest(badge);
    if (house.openKey() == null) throw new Refused(530, signInFirst());
    return house.reception().guest(new Badge(house.openKey(), wire.address(), false));
  }

  private String signInFirst() {
    return mayAuth()
        ? "5.7.0 Sign in first: any user name, an API key as password"
        : "5.7.0 Start TLS, then sign in: any user name, an API key as password";
  }

  private Reply rcpt(String argument) throws Refused {
    if (transaction == null) return Reply.MAIL_FIRST;
    Path path = Path.of("TO", argument);
    MailParameters.checkRecipient(path, transaction.parameters.utf8());
    Address address = path.address();
    if (address == null) throw new Refused(501, "5.1.3 A recipient needs an address");
    Map<String, Address> recipients = transaction.recipients;
    if (recipients.size() >= house.bounds().recipients() && !recipients.containsKey(address.key()))
      throw new Refused(452, "4.5.3 Too many recipients; hand it in again for the rest");
    recipients.putIfAbsent(address.key(), address);
    return Reply.RECIPIENT_OK;
  }

  private Reply data(String argument) throws IOException, Refused {
    if (!argument.isEmpty()) throw new Refused(501, "5.5.4 DATA takes no parameter");
    // Content sent ahead of our answer would be read as commands where we refuse.
    if (wire.hasMore()) return outOfStep("DATA");
    if (transaction == null) return Reply.MAIL_FIRST;
    if (transaction.recipients.isEmpty()) throw new Refused(503, "5.5.1 Say RCPT first");
    Transaction ready = transaction;
    transaction = null;
    wire.put(Reply.GO_ON);
    return content(ready);
  }

  private Reply content(Transaction ready) throws IOException {
    turn.content(true);
    var content = new Content(ready.parameters.size(), house.bounds().messageBytes(), house.room());
    try {
      wire.read(content);
      turn.content(false);
      idle = 0;
      Reply refusal = content.refusal();
      if (refusal != null) return refusal;
      List<Address> recipients = List.copyOf(ready.recipients.values());
      var arrival = new Arrival(ready.guest, met(), ready.sender, recipients, content);
      return house.intake().take(arrival, house.name());
    } finally {
      content.release();
    }
  }

  private Arrival.Met met() {
    String protocol =
        !extended ? "SMTP" : "ESMTP" + (secured ? "S" : "") + (badge != null ? "A" : "");
    return new Arrival.Met(hello == null ? "" : hello, wire.address(), protocol);
  }

  private Reply reset(String argument) throws Refused {
    if (!argument.isEmpty()) throw new Refused(501, "5.5.4 RSET takes no parameter");
    transaction = null;
    return Reply.OK;
  }

  private Reply quit() {
    over = true;
    return Reply.BYE;
  }

  private static Reply needs(String words) throws Refused {
    throw new Refused(501, "5.5.4 Write " + words);
  }
}
