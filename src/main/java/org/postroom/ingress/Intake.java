package org.postroom.ingress;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.db.Database;
import org.postroom.db.DatabaseAway;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.signing.Signing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes one handed-in message into the outbox. When it says yes, the message is on disk. */
@Component
class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Pattern MESSAGE_ID =
      Pattern.compile("<[\\x21-\\x3b\\x3d\\x3f-\\x7e]{1,250}>");
  private final Outbox outbox;
  private final Signing signing;
  private final Database database;

  Intake(Outbox outbox, Signing signing, Database database) {
    this.outbox = outbox;
    this.signing = signing;
    this.database = database;
  }

  /** The reply to the end of the content; never throws. */
  Reply take(Arrival arrival, String host) {
    try {
      String id = accept(arrival, host);
      return new Reply(250, "2.0.0 " + id + " accepted");
    } catch (Refused refused) {
      return refused.reply();
    } catch (RuntimeException failure) {
      LOG.warn("A message over SMTP could not be stored: {}", failure.toString());
      return notStored(failure);
    }
  }

  private static Reply notStored(RuntimeException failure) {
    String code = diskFull(failure) ? "4.3.1 " : "4.3.0 ";
    String why =
        failure instanceof DatabaseAway world
            ? String.valueOf(world.getMessage())
            : "It could not be stored. Nothing was taken; hand it in again.";
    return new Reply(diskFull(failure) ? 452 : 451, code + why);
  }

  private String accept(Arrival arrival, String host) throws Refused {
    Header header = Header.of(arrival.content().octets(), arrival.content().length());
    Address from = header.from();
    Senders.Choice choice = arrival.guest().senders().choose(from);
    check(choice.account(), arrival);
    String id = Ids.next("msg");
    Optional<String> given = header.first("Message-ID").filter(MESSAGE_ID.asMatchPredicate());
    String messageId = given.orElse("<" + id + "@" + domain(from) + ">");
    var name = new Finished.Name(host, arrival.guest().seen());
    byte[] mime = signed(choice.account(), from, Finished.of(arrival, header, id, messageId, name));
    Draft draft = draft(arrival, choice, header, from, id, messageId, mime);
    // Without a name of its own two alike are two: an alert may say the same twice.
    boolean told = given.isPresent() && !arrival.guest().rule().repeats().isZero();
    String fingerprint = told ? Fingerprint.of(arrival) : null;
    return database.write(sql -> store(sql, arrival.guest(), draft, fingerprint));
  }

  private String store(Sql sql, Guest guest, Draft draft, @Nullable String fingerprint) {
    if (fingerprint != null) {
      Instant now = sql.now();
      Instant until = now.plus(guest.rule().repeats());
      String first = ArrivalRows.note(sql, guest, fingerprint, draft.id(), now, until);
      if (!first.equals(draft.id())) {
        outbox.note(draft.company(), first, "message.repeated", REPEATED);
        return first;
      }
    }
    outbox.take(draft);
    return draft.id();
  }

  private static final String REPEATED =
      "The program handed in the same message again, probably because our answer got lost. It was"
          + " told that we have it; nothing is sent twice.";

  private static void check(Account account, Arrival arrival) throws Refused {
    int recipients = account.limits().recipients();
    if (recipients > 0 && arrival.recipients().size() > recipients)
      throw new Refused(
          554, "5.5.3 The account takes at most " + recipients + " recipients a message");
    long most = account.limits().messageBytes();
    if (most > 0 && arrival.content().length() > most)
      throw new Refused(552, "5.3.4 The account takes messages up to " + most + " octets");
  }

  /** Providers sign what goes through their mailboxes; a plain relay may not. */
  private byte[] signed(Account account, Address from, byte[] mime) {
    return account.smtp() == null ? mime : signing.sign(account.company(), from, mime);
  }

  private static Draft draft(
      Arrival arrival,
      Senders.Choice choice,
      Header header,
      Address from,
      String id,
      String messageId,
      byte[] mime) {
    Account account = choice.account();
    var caller = arrival.guest().caller();
    String trouble = trouble(account);
    String subject = header.subject();
    Address sender = arrival.sender();
    return new Draft(
        caller.company(),
        id,
        account.id(),
        from,
        sender == null ? account.email() : sender,
        messageId,
        subject == null || subject.isEmpty() ? "(no subject)" : subject,
        recipients(arrival, header),
        mime,
        false,
        null,
        new Message.Origin("smtp", caller.id(), caller.name()),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        Map.of("account", choice.reason(), "recipients", "As the program gave them over SMTP"),
        null,
        hold(trouble),
        trouble);
  }

  /** The envelope says who; the header only, where they stand in it. */
  private static List<Draft.To> recipients(Arrival arrival, Header header) {
    Set<String> to = new HashSet<>(header.keys("To"));
    Set<String> cc = new HashSet<>(header.keys("Cc"));
    List<Draft.To> all = new ArrayList<>();
    for (Address recipient : arrival.recipients()) {
      String key = recipient.key();
      RecipientRole role =
          to.contains(key)
              ? RecipientRole.TO
              : cc.contains(key) ? RecipientRole.CC : RecipientRole.BCC;
      all.add(new Draft.To(recipient, role));
    }
    return all;
  }

  private static Message.@Nullable Hold hold(@Nullable String trouble) {
    return trouble == null ? null : Message.Hold.ACCOUNT;
  }

  private static @Nullable String trouble(Account account) {
    if (!account.active())
      return "The account “" + account.name() + "” is switched off: the message waits.";
    if (account.usable()) return null;
    return "The account “"
        + account.name()
        + "” cannot send at the moment: the message waits. "
        + account.health().reason();
  }

  private static String domain(Address address) {
    String wire = address.wire();
    return wire.substring(wire.lastIndexOf('@') + 1);
  }

  /** SQLITE_FULL, or PostgreSQL's disk_full. */
  private static boolean diskFull(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause())
      if (each instanceof SQLException told
          && ((told.getErrorCode() & 0xff) == 13 || "53100".equals(told.getSQLState())))
        return true;
    return false;
  }
}
