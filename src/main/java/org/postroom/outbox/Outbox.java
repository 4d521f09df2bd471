package org.postroom.outbox;

import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.Message.Hold;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Every message that was accepted, and what people may do with it. Sending itself works through
 * {@link Claims}.
 */
@Service
public class Outbox {
  private final Database database;
  private final ApplicationEventPublisher events;
  private final RestoredHold restored = new RestoredHold();

  public Outbox(Database database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  /** Takes a composed message. When this returns outside a transaction, the message is on disk. */
  public Message accept(Draft draft) {
    return database.write(sql -> {
      take(sql, draft);
      return MessageRows.find(sql, draft.company(), draft.id()).orElseThrow();
    });
  }

  /** What goes by itself or will be approved, but may have left from the original already. */
  private void hold(Sql sql, Draft draft, Instant now, String why) {
    if (draft.hold() == Hold.APPROVAL) return;
    MessageRows.holdRestored(sql, draft.company(), draft.id(), why);
    tell(sql, draft.company(), draft.id(), now, MessageState.HELD, why, null);
  }

  /** {@link #accept} for whoever does not look at it again: nothing is read back. */
  public void take(Draft draft) {
    database.run(sql -> take(sql, draft));
  }

  private void take(Sql sql, Draft draft) {
    Instant now = sql.now();
    Instant due =
        draft.notBefore() != null && draft.notBefore().isAfter(now) ? draft.notBefore() : now;
    MessageState state = draft.hold() == null ? MessageState.QUEUED : MessageState.HELD;
    MessageRows.insert(sql, draft, state, now, due);
    tell(sql, draft.company(), draft.id(), now, state, acceptedSentence(draft), null);
    String why = restored.why(sql, draft.origin(), now);
    if (why != null) hold(sql, draft, now, why);
  }

  /**
   * Writes into a message's story what changes nothing about it; joins the caller's transaction.
   *
   * @param type such as {@code message.repeated}
   */
  public void note(String company, String id, String type, String sentence) {
    database.run(sql -> HistoryRows.tell(sql, company, id, sql.now(), type, sentence, null));
  }

  public Optional<Message> find(String company, String id) {
    return database.read(sql -> MessageRows.find(sql, company, id));
  }

  /** The message if the caller may see it; otherwise it does not exist for them. */
  public Message get(Caller caller, String id) {
    return find(caller.company(), id)
        .filter(message -> maySee(caller, message))
        .map(this::withLimit)
        .orElseThrow(() -> Problem.notFound("The message " + id));
  }

  /** What a day's limit keeps back says so, and until when; no row is written for that. */
  private Message withLimit(Message message) {
    boolean waits =
        message.state() == MessageState.QUEUED || message.state() == MessageState.DELAYED;
    if (!waits) return message;
    return database.read(sql -> {
      Instant now = sql.now();
      if (message.dueAt().isAfter(now)) return message;
      return PaceRows.waiting(sql, new AccountKey(message.company(), message.account()), now)
          .map(pace -> message.kept(java.util.Objects.requireNonNull(pace.resumes()), pace.note()))
          .orElse(message);
    });
  }

  /**
   * Newest first. Callers without the right to see all mail get their own.
   *
   * <p>A text that is exactly the number, the partner, an address or the Message-ID of messages
   * finds those, however old they are. Any other is looked for in subjects, numbers, partners and
   * addresses, some thousand messages at a time: a page may then hold few or none and still have a
   * cursor, which goes on to look further back.
   */
  public Slice<Message> list(
      Caller caller, MessageFilter filter, int limit, @Nullable String cursor) {
    MessageFilter seen = caller.may(Right.SEE_ALL_MAIL) ? filter : filter.origin(caller.id());
    String before = Slice.cursor(cursor, "msg");
    return database.read(sql -> ListRows.page(sql, caller.company(), seen, limit, before));
  }

  /**
   * Messages that carry the document for one of these purposes and were neither stopped nor
   * refused; the newest first, a few, without their recipients.
   *
   * @param since by a person or program, since then; null: by anybody, whenever
   */
  public List<Message> about(
      String company, DocumentRef document, Set<String> purposes, @Nullable Instant since) {
    return database.read(sql -> MessageRows.about(sql, company, document, purposes, since));
  }

  /** Messages that repeat this one, oldest first; those the caller may not see are left out. */
  public List<Message> resendsOf(Caller caller, String id) {
    return database.read(sql -> MessageRows.resendsOf(sql, caller.company(), id)).stream()
        .filter(message -> maySee(caller, message))
        .toList();
  }

  /** The documents a message carries beside the one it is about. */
  public List<DocumentRef> further(String company, String id) {
    return database.read(sql -> MessageRows.further(sql, company, id));
  }

  /**
   * The finished MIME, byte for byte what leaves; empty where retention removed it, and where it
   * holds a link with which somebody signs in: nobody but its recipient reads that.
   */
  public Optional<byte[]> content(String company, String id) {
    return database.read(sql -> MessageRows.shown(sql, company, id));
  }

  public List<TimelineEntry> timeline(String company, String id) {
    return database.read(sql -> HistoryRows.timeline(sql, company, id));
  }

  public List<Attempt> attempts(String company, String id) {
    return database.read(sql -> HistoryRows.attempts(sql, company, id));
  }

  /**
   * Tries again now: a delayed message at once, a refused one from the start, one from a backup
   * because somebody knows that it has not left.
   */
  public Message retry(Caller caller, String id) {
    return change(
        caller,
        id,
        MessageState.QUEUED,
        "Tried again now, asked for by " + caller.name() + ".",
        message -> {
          switch (message.state()) {
            case DELAYED, NOT_SENT -> {}
            case HELD -> {
              if (message.hold() == Hold.RESTORED) return;
              throw refused(
                  message,
                  message.hold() == Hold.APPROVAL
                      ? "Somebody must approve it first."
                      : "It goes out by itself when its account works again.");
            }
            case UNCLEAR ->
                throw refused(message, "Nobody knows whether it arrived. Decide that first.");
            case SENT -> throw refused(message, "It was sent. Resend it to make a new message.");
            default -> throw refused(message, "There is nothing to try again.");
          }
        });
  }

  /** Stops a message that has not left. */
  public Message cancel(Caller caller, String id) {
    return change(
        caller,
        id,
        MessageState.CANCELLED,
        "Cancelled by " + caller.name() + ".",
        message -> {
          if (message.state() == MessageState.SENDING)
            throw refused(message, "It is being handed over this moment.");
          if (!message.state().mayBecome(MessageState.CANCELLED))
            throw refused(message, "It is too late to cancel it.");
        });
  }

  /**
   * Stops a message that waits, because whoever made it does not want it any more; joins the
   * caller's transaction.
   *
   * @return false where it is too late: it is under way, settled, or somebody got it already
   */
  public boolean callOff(String company, String id, String why) {
    return database.write(sql -> {
      Message message = MessageRows.find(sql, company, id).orElse(null);
      boolean waits =
          message != null
              && message.state() != MessageState.SENDING
              && message.state().mayBecome(MessageState.CANCELLED)
              && message.count(RecipientState.PENDING) == message.recipients().size();
      if (message == null || !waits || !moved(sql, message, MessageState.CANCELLED, sql.now()))
        return false;
      tell(sql, company, id, sql.now(), MessageState.CANCELLED, why, null);
      return true;
    });
  }

  /** What was written about these documents, or carried them, in no order. */
  public List<Written> about(String company, String kind, Collection<String> numbers) {
    return database.read(sql -> WrittenRows.about(sql, company, kind, numbers));
  }

  /** What was written to these partners for these purposes since then, in no order. */
  public List<Written> to(
      String company, Collection<String> partners, Collection<String> purposes, Instant since) {
    return database.read(sql -> WrittenRows.to(sql, company, partners, purposes, since));
  }

  /** Stops a message nobody tried to send yet, because its sender writes on. */
  public Message takeBack(Caller caller, String id) {
    return change(
        caller,
        id,
        MessageState.CANCELLED,
        "Taken back by " + caller.name() + " to change it.",
        message -> {
          if (!message.untouched()) throw refused(message, "It is too late to take it back.");
        });
  }

  /** What {@link Approvals} decided: it goes out, at its time, or never. */
  Message decide(Caller caller, String id, boolean approved, String sentence) {
    return change(
        caller,
        id,
        approved ? MessageState.QUEUED : MessageState.CANCELLED,
        sentence,
        message -> {
          if (message.state() != MessageState.HELD || message.hold() != Hold.APPROVAL)
            throw refused(message, "It does not wait for approval.");
        });
  }

  /** What a person found out about an unclear message. */
  public enum Resolution {
    /** It did arrive: nothing is sent again. */
    ARRIVED(MessageState.SENT, "It arrived, says "),
    /** It did not arrive: it goes out once more. */
    SEND_AGAIN(MessageState.QUEUED, "Sent again, decided by "),
    /** It did not arrive and is not wanted any more. */
    NOT_SENT(MessageState.NOT_SENT, "It did not arrive, says ");

    private final MessageState state;
    private final String sentence;

    Resolution(MessageState state, String sentence) {
      this.state = state;
      this.sentence = sentence;
    }
  }

  /** Settles an unclear message by a person's word. */
  public Message resolve(Caller caller, String id, Resolution resolution) {
    return change(
        caller,
        id,
        resolution.state,
        resolution.sentence + caller.name() + ".",
        message -> {
          if (message.state() != MessageState.UNCLEAR)
            throw refused(message, "Only an unclear message needs a decision.");
        });
  }

  /** Puts everything that waits for the account on hold, with the reason. */
  public int holdFor(AccountKey account, String reason) {
    return database.write(sql -> Holds.hold(sql, account, reason));
  }

  /** Lets go what was held for the account. */
  public int releaseFor(AccountKey account) {
    return database.write(sql -> Holds.release(sql, account));
  }

  /** Accounts for which messages are held. */
  public List<AccountKey> heldAccounts() {
    return database.read(Holds::accounts);
  }

  /** How many messages of an account stand in a state. */
  public record Waiting(String account, MessageState state, long messages) {}

  /** What has not left, by account and state; what there is none of is absent. */
  public List<Waiting> waiting(String company) {
    return database.read(sql -> Holds.waiting(sql, company));
  }

  /** How much went through an account: tries in a minute, messages handed over in a day. */
  public record Usage(long lastMinute, long lastDay) {}

  public Usage usage(AccountKey account) {
    return usage(account, false);
  }

  /** With recipients instead of messages for the day. */
  public Usage usage(AccountKey account, boolean ofRecipients) {
    return database.read(sql -> {
      Instant now = sql.now();
      return new Usage(
          LimitRows.lastMinute(sql, account, now),
          LimitRows.lastDay(sql, account, ofRecipients, now));
    });
  }

  /** Whether a server took any message from the account since then. */
  public boolean tookMailSince(AccountKey account, Instant since) {
    return database.read(sql ->
        sql.sql(
                """
                SELECT number FROM message_attempts
                WHERE company_id = :company AND account_id = :account AND ended_at >= :since AND outcome = 'accepted'
                LIMIT 1
                """)
            .param("company", account.company())
            .param("account", account.account())
            .param("since", since.toEpochMilli())
            .query(Long.class)
            .optional()
            .isPresent());
  }

  /** Whether mail to the address was taken between the two moments and did not come back since. */
  public boolean stayedAway(String company, String address, Instant from, Instant until) {
    return database.read(sql ->
        sql.sql(
                """
                SELECT position FROM message_recipients
                WHERE company_id = :company AND address = :address AND state IN ('accepted', 'delivered')
                  AND changed_at > :from AND changed_at <= :until
                LIMIT 1
                """)
            .param("company", company)
            .param("address", address)
            .param("from", from.toEpochMilli())
            .param("until", until.toEpochMilli())
            .query(Long.class)
            .optional()
            .isPresent());
  }

  /** The account's limits are others now: what waited for the old ones is looked at again. */
  public void reconsider(AccountKey account) {
    database.run(sql -> PaceRows.forgetLimits(sql, account));
  }

  private Message change(
      Caller caller,
      String id,
      MessageState to,
      String sentence,
      java.util.function.Consumer<Message> guard) {
    return database.write(sql -> {
      Message message =
          MessageRows.find(sql, caller.company(), id)
              .filter(found -> maySee(caller, found))
              .orElseThrow(() -> Problem.notFound("The message " + id));
      if (!message.origin().id().equals(caller.id())) caller.require(Right.CHANGE_OTHERS_MAIL);
      guard.accept(message);
      Instant now = sql.now();
      move(sql, message, to, now);
      tell(sql, message.company(), id, now, to, sentence, null);
      return MessageRows.find(sql, message.company(), id).orElseThrow();
    });
  }

  /** Fails when the state changed meanwhile: a claim may be faster than a person. */
  private static void move(Sql sql, Message message, MessageState to, Instant now) {
    if (!moved(sql, message, to, now))
      throw refused(message, "It changed this moment. Look again.");
  }

  private static boolean moved(Sql sql, Message message, MessageState to, Instant now) {
    int changed =
        sql.sql(
                """
                UPDATE messages SET state = :to, due_at = :due, settled_at = :settled, hold = NULL, note = CASE WHEN :to = 'queued' THEN NULL ELSE note END
                WHERE company_id = :company AND id = :id AND state = :from
                """)
            .param("to", to.word())
            .param("due", due(message, now).toEpochMilli())
            .param("settled", to.settled() ? now.toEpochMilli() : null, Types.BIGINT)
            .param("company", message.company())
            .param("id", message.id())
            .param("from", message.state().word())
            .update();
    if (changed == 0) return false;
    String recipients = recipientsBecome(message.state(), to);
    if (recipients != null)
      sql.sql(recipients).param("company", message.company()).param("id", message.id()).update();
    return true;
  }

  /** What was held keeps a time that is still to come. */
  private static Instant due(Message message, Instant now) {
    boolean later = message.state() == MessageState.HELD && message.dueAt().isAfter(now);
    return later ? message.dueAt() : now;
  }

  /**
   * A message that was refused starts from the beginning; a decided one takes its open recipients
   * along.
   */
  private static @Nullable String recipientsBecome(MessageState from, MessageState to) {
    String which = " WHERE company_id = :company AND message_id = :id AND state = ";
    if (from == MessageState.NOT_SENT && to == MessageState.QUEUED) {
      return "UPDATE message_recipients SET state = 'pending', reply = NULL"
          + " WHERE company_id = :company AND message_id = :id AND state IN ('rejected', 'suppressed')";
    }
    return switch (to) {
      case SENT -> "UPDATE message_recipients SET state = 'accepted'" + which + "'pending'";
      case NOT_SENT -> "UPDATE message_recipients SET state = 'rejected'" + which + "'pending'";
      default -> null;
    };
  }

  private void tell(
      Sql sql,
      String company,
      String id,
      Instant now,
      MessageState state,
      String sentence,
      @Nullable String reply) {
    HistoryRows.tell(sql, company, id, now, "message." + state.word(), sentence, reply);
    database.afterCommit(() -> events.publishEvent(new MessageSettled(company, id, state)));
  }

  private static boolean maySee(Caller caller, Message message) {
    return caller.may(Right.SEE_ALL_MAIL) || message.origin().id().equals(caller.id());
  }

  private static Problem refused(Message message, String why) {
    return Problem.conflict(
        "state", "The message is " + message.state().word().replace('_', ' ') + ". " + why);
  }

  private static String acceptedSentence(Draft draft) {
    if (draft.hold() != null) return draft.holdReason() == null ? "On hold." : draft.holdReason();
    return "Accepted from " + draft.origin().name() + ".";
  }
}
