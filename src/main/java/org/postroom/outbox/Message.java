package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;

/**
 * One message as it stands now.
 *
 * @param sender the header From
 * @param messageId the Message-ID header with angle brackets, the same over all retries
 * @param size of the finished MIME in bytes
 * @param bulk part of a run: leaves after what people send by hand
 * @param reasons why this account, template, layout and these recipients; key → plain sentence
 * @param dueAt next try, or the time it goes out
 * @param attempts tries that count against the message
 * @param hold why it is held, null in other states
 * @param note the last thing that went wrong, as one line
 */
public record Message(
    String company,
    String id,
    MessageState state,
    String account,
    String subject,
    Address sender,
    String messageId,
    long size,
    boolean bulk,
    @Nullable DocumentRef document,
    @Nullable String partner,
    @Nullable String purpose,
    Origin origin,
    @Nullable String template,
    @Nullable String layout,
    Map<String, String> reasons,
    @Nullable String resendOf,
    Instant createdAt,
    Instant dueAt,
    @Nullable Instant settledAt,
    int attempts,
    @Nullable Hold hold,
    @Nullable String note,
    List<Recipient> recipients) {

  public Message {
    reasons = Map.copyOf(reasons);
    recipients = List.copyOf(recipients);
  }

  /** The document a message carries: kind word and number. */
  public record DocumentRef(String kind, String number) {}

  /** Who or what made it: a person, an API key, an event. */
  public record Origin(String kind, String id, String name) {}

  /**
   * @param reply what the server said about this address, one line
   * @param complained whether its provider told us that the recipient called it unwanted
   */
  public record Recipient(
      Address address,
      RecipientRole role,
      RecipientState state,
      @Nullable String reply,
      boolean complained) {

    public Recipient(
        Address address, RecipientRole role, RecipientState state, @Nullable String reply) {
      this(address, role, state, reply, false);
    }
  }

  /** Why a message waits for somebody. */
  public enum Hold {
    /** Its account cannot send; released by itself when the account works again. */
    ACCOUNT,
    /** A person must agree first. */
    APPROVAL,
    /** It comes from a backup, and the original may have sent it since; a person decides. */
    RESTORED
  }

  /** As it stands where the account's limit keeps it back. */
  Message kept(Instant until, @Nullable String why) {
    return new Message(
        company,
        id,
        state,
        account,
        subject,
        sender,
        messageId,
        size,
        bulk,
        document,
        partner,
        purpose,
        origin,
        template,
        layout,
        reasons,
        resendOf,
        createdAt,
        until,
        settledAt,
        attempts,
        hold,
        why,
        recipients);
  }

  /** It waits, and nobody tried to send it yet. */
  public boolean untouched() {
    boolean waits = state == MessageState.QUEUED || state == MessageState.HELD;
    return waits && attempts == 0 && count(RecipientState.PENDING) == recipients.size();
  }

  /** How many recipients stand in a state. */
  public long count(RecipientState state) {
    return recipients.stream().filter(recipient -> recipient.state() == state).count();
  }
}
