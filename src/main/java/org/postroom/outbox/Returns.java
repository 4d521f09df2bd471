package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.outbox.Message.Recipient;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * What came back later: finds the message a report is about and writes down what the report says of
 * one of its recipients. Each report is heard once. In which order reports arrive does not matter:
 * whatever is heard before or after, an address that bounced stays bounced.
 */
@Service
public class Returns {
  /** Mail servers give up after five days at the latest (RFC 5321, section 4.5.4.1). */
  static final Duration ON_THE_WAY = Duration.ofDays(6);

  private final Database database;
  private final ApplicationEventPublisher events;

  public Returns(Database database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  /** What a report says of a recipient. */
  public enum News {
    /** It came back. */
    BOUNCED,
    /** It is in the recipient's mailbox, or was handed to somebody who says no more. */
    DELIVERED,
    /** It arrived, and the recipient called it unwanted. */
    COMPLAINED,
    /** It was handed to a server that reports nothing more: nobody knows whether it arrived. */
    PASSED_ON,
    /** It is late and still on its way. */
    HELD_UP,
    /** A machine answered: absence, a ticket number. */
    ANSWERED;

    boolean onlyNoted() {
      return this == PASSED_ON || this == HELD_UP || this == ANSWERED;
    }
  }

  /** How a message was found. */
  public enum Match {
    MESSAGE_ID,
    ENVELOPE_ID,
    RECIPIENT;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What a report did. */
  public enum Effect {
    /** The recipient stands in a new state. */
    CHANGED,
    /** It stands in the timeline and changes nothing else. */
    NOTED,
    /** Nothing new: said before, or less than what is known. */
    NOTHING,
    /** The message never went to that address. */
    NOBODY
  }

  /**
   * What a report tells about the message it is about.
   *
   * @param messageId of the original, with or without angle brackets
   * @param envelopeId as it was given to the server, {@code ENVID} of RFC 3461: the message's id
   * @param account whose mailbox the report lay in; null: any of the company's
   * @param addresses whom the report speaks of; null or empty where nothing else may decide
   * @param at when the report came
   */
  public record Trace(
      String company,
      @Nullable String messageId,
      @Nullable String envelopeId,
      @Nullable String account,
      List<String> addresses,
      Instant at) {
    public Trace {
      addresses = List.copyOf(addresses);
    }
  }

  public record Found(Message message, Match by) {}

  /**
   * One report about one recipient.
   *
   * @param key names the report within the company
   * @param address null where it names nobody: then the only recipient is meant, if there is one
   * @param sentence plain, for the timeline
   * @param reply as the server wrote it
   */
  public record Report(
      String company,
      String message,
      String key,
      @Nullable String address,
      News news,
      String sentence,
      @Nullable String reply) {}

  /**
   * @param address the recipient that was meant, as the message has it; null where nobody was
   */
  public record Heard(Effect effect, @Nullable String address) {}

  /**
   * The message a report is about: by its own Message-ID, else by the envelope id, else by the
   * recipient and the time, where exactly one message fits.
   */
  public Optional<Found> find(Trace trace) {
    return database.read(sql ->
        ReturnRows.byMessageId(sql, trace)
            .map(id -> found(sql, trace, id, Match.MESSAGE_ID))
            .or(() ->
                ReturnRows.byEnvelopeId(sql, trace)
                    .map(id -> found(sql, trace, id, Match.ENVELOPE_ID)))
            .or(() ->
                ReturnRows.byRecipient(sql, trace, trace.at().minus(ON_THE_WAY))
                    .map(id -> found(sql, trace, id, Match.RECIPIENT))));
  }

  /** Writes down what a report says; joins the caller's transaction. */
  public Heard report(Report report) {
    return database.write(sql -> {
      Instant now = sql.now();
      Message message = ReturnRows.locked(sql, report.company(), report.message()).orElse(null);
      if (message == null) return new Heard(Effect.NOBODY, null);
      Recipient to = meant(message, report.address());
      if (to == null) return new Heard(unknown(sql, message, report, now), null);
      String address = to.address().spec();
      if (!ReturnRows.first(sql, report, address, now)) return new Heard(Effect.NOTHING, address);
      boolean proven = prove(sql, message, now);
      boolean changed = change(sql, message, to, report, now);
      if (!changed && !report.news().onlyNoted())
        return new Heard(proven ? Effect.NOTED : Effect.NOTHING, address);
      tell(sql, message, report, address, now);
      if (changed) publish(message, address, report.news());
      return new Heard(changed ? Effect.CHANGED : Effect.NOTED, address);
    });
  }

  private static Found found(Sql sql, Trace trace, String id, Match by) {
    return new Found(MessageRows.find(sql, trace.company(), id).orElseThrow(), by);
  }

  private static @Nullable Recipient meant(Message message, @Nullable String address) {
    List<Recipient> all = message.recipients();
    if (address == null) return all.size() == 1 ? all.getFirst() : null;
    return all.stream()
        .filter(one -> one.address().spec().equalsIgnoreCase(address))
        .findFirst()
        .orElse(null);
  }

  /** A report about somebody else, such as whom the mail was passed on to: noted once. */
  private Effect unknown(Sql sql, Message message, Report report, Instant now) {
    String address = report.address() == null ? "" : report.address();
    if (!ReturnRows.first(sql, report, address, now)) return Effect.NOTHING;
    prove(sql, message, now);
    if (report.address() == null) {
      tell(sql, message, report, null, now);
      return Effect.NOTED;
    }
    return Effect.NOBODY;
  }

  /** Whatever came back was handed over before: what was unclear is so no longer. */
  private boolean prove(Sql sql, Message message, Instant now) {
    if (message.state() != MessageState.UNCLEAR) return false;
    if (!ReturnRows.handedOver(sql, message, now)) return false;
    String company = message.company();
    HistoryRows.tell(
        sql,
        company,
        message.id(),
        now,
        "message.sent",
        "It was handed over after all: a report about it came back.",
        null);
    database.afterCommit(
        () -> events.publishEvent(new MessageSettled(company, message.id(), MessageState.SENT)));
    return true;
  }

  private static boolean change(
      Sql sql, Message message, Recipient to, Report report, Instant now) {
    boolean open = to.state() == RecipientState.PENDING && underWay(message);
    boolean taken = to.state() == RecipientState.ACCEPTED || open;
    return switch (report.news()) {
      case BOUNCED ->
          (taken || to.state() == RecipientState.DELIVERED)
              && ReturnRows.change(sql, message, to, RecipientState.BOUNCED, report.reply(), now);
      case DELIVERED ->
          taken
              && ReturnRows.change(sql, message, to, RecipientState.DELIVERED, report.reply(), now);
      case COMPLAINED -> ReturnRows.complained(sql, message, to, taken, now);
      case PASSED_ON, HELD_UP, ANSWERED -> false;
    };
  }

  /** It is being handed over this moment, or was: a report may be faster than the answer. */
  private static boolean underWay(Message message) {
    return message.state() == MessageState.SENDING || message.state() == MessageState.UNCLEAR;
  }

  private static void tell(
      Sql sql, Message message, Report report, @Nullable String address, Instant now) {
    String type = "message." + report.news().name().toLowerCase(java.util.Locale.ROOT);
    HistoryRows.tell(
        sql,
        message.company(),
        message.id(),
        now,
        type,
        report.sentence(),
        report.reply(),
        address);
  }

  private void publish(Message message, String address, News news) {
    var event = new MessageReturned(message.company(), message.id(), address, news);
    database.afterCommit(() -> events.publishEvent(event));
  }
}
