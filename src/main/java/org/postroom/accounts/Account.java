package org.postroom.accounts;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * A mailbox we may send through. Never holds its secret; see {@link Accounts#login}.
 *
 * @param owner {@code company}, or the id of the person whose account it is
 * @param connection how it reaches its provider
 * @param hasSecret whether a password or client secret is kept for it
 * @param isDefault exactly one active account per company
 * @param limits what the account may be asked to do
 * @param version grows with each change; the API's ETag
 * @param fallback id of the account that sends instead while this one cannot, as somebody named it;
 *     null: mail waits
 */
public record Account(
    String company,
    String id,
    Kind kind,
    String name,
    Address email,
    @Nullable String displayName,
    @Nullable Address replyTo,
    String owner,
    boolean isDefault,
    boolean active,
    Connection connection,
    boolean hasSecret,
    Limits limits,
    Health health,
    long version,
    Instant createdAt,
    @Nullable String fallback) {

  /** Without a fallback, as most are. */
  public Account(
      String company,
      String id,
      Kind kind,
      String name,
      Address email,
      @Nullable String displayName,
      @Nullable Address replyTo,
      String owner,
      boolean isDefault,
      boolean active,
      Connection connection,
      boolean hasSecret,
      Limits limits,
      Health health,
      long version,
      Instant createdAt) {
    this(
        company,
        id,
        kind,
        name,
        email,
        displayName,
        replyTo,
        owner,
        isDefault,
        active,
        connection,
        hasSecret,
        limits,
        health,
        version,
        createdAt,
        null);
  }

  /** The owner of accounts that belong to nobody in person. */
  public static final String COMPANY = "company";

  public enum Kind {
    SMTP,
    MICROSOFT,
    GOOGLE,
    EXCHANGE,
    LOCAL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param connections at the same time
   * @param perMinute messages, 0 for no limit
   * @param perDay messages or recipients, 0 for no limit
   * @param recipients per message
   * @param messageBytes the largest message, 0 for what the server says
   * @param ofRecipients whether the day's limit counts recipients, as some providers do
   */
  public record Limits(
      int connections,
      int perMinute,
      int perDay,
      int recipients,
      long messageBytes,
      boolean ofRecipients) {

    /** With a day's limit of messages. */
    public Limits(int connections, int perMinute, int perDay, int recipients, long messageBytes) {
      this(connections, perMinute, perDay, recipients, messageBytes, false);
    }

    public Limits ofRecipients(boolean counts) {
      return new Limits(connections, perMinute, perDay, recipients, messageBytes, counts);
    }

    /** What an account of that kind may do where nothing more is known; see UsualLimits. */
    public static Limits of(Kind kind) {
      return UsualLimits.of(kind);
    }
  }

  /**
   * @param since when this state began
   * @param reason plain sentence where something is wrong
   * @param finding id of what was found wrong, such as {@code G02}; null where nothing is
   * @param pausedUntil set in state PAUSED
   */
  public record Health(
      State state,
      @Nullable Instant since,
      @Nullable String reason,
      @Nullable String finding,
      @Nullable Instant pausedUntil,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastFailure) {
    public Health(
        State state,
        @Nullable Instant since,
        @Nullable String reason,
        @Nullable Instant pausedUntil,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailure) {
      this(state, since, reason, null, pausedUntil, lastSuccess, lastFailure);
    }

    public enum State {
      WORKING,
      NEEDS_SIGN_IN,
      NEEDS_ADMINISTRATOR,
      PAUSED,
      SWITCHED_OFF;

      /** Whether it stays so until a person does something. */
      public boolean needsSomebody() {
        return this == NEEDS_SIGN_IN || this == NEEDS_ADMINISTRATOR;
      }

      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** As whom its mail goes out: the header From. */
  public Address sender() {
    return new Address(displayName, email.spec());
  }

  public boolean usable() {
    return active
        && (health.state() == Health.State.WORKING || health.state() == Health.State.PAUSED);
  }

  public boolean ofCompany() {
    return owner.equals(COMPANY);
  }

  /** Server settings of an SMTP account, null for others. */
  public Connection.@Nullable Smtp smtp() {
    return connection instanceof Connection.Smtp smtp ? smtp : null;
  }
}
