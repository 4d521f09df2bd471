package org.postroom.accounts;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.transport.Login;

/**
 * A mailbox we may send through. Never holds its secret; see {@link Accounts#login}.
 *
 * @param owner {@code company}, or the id of the person whose account it is
 * @param smtp server settings of an SMTP account, null for others
 * @param isDefault exactly one active account per company
 * @param limits what the account may be asked to do
 * @param version grows with each change; the API's ETag
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
    @Nullable SmtpServer smtp,
    Limits limits,
    Health health,
    long version,
    Instant createdAt) {

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

  /** Server settings without the password. */
  public record SmtpServer(
      String host, int port, Login.Security security, boolean auth, @Nullable String username) {}

  /**
   * @param connections at the same time
   * @param perMinute messages, 0 for no limit
   * @param perDay messages, 0 for no limit
   * @param recipients per message
   * @param messageBytes the largest message, 0 for what the server says
   */
  public record Limits(
      int connections, int perMinute, int perDay, int recipients, long messageBytes) {

    /** What a new account of that kind may do until somebody knows better. */
    public static Limits of(Kind kind) {
      return new Limits(kind == Kind.LOCAL ? 4 : 2, 0, 0, 100, 0);
    }
  }

  /**
   * @param since when this state began
   * @param reason plain sentence where something is wrong
   * @param pausedUntil set in state PAUSED
   */
  public record Health(
      State state,
      @Nullable Instant since,
      @Nullable String reason,
      @Nullable Instant pausedUntil,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastFailure) {
    public enum State {
      WORKING,
      NEEDS_SIGN_IN,
      NEEDS_ADMINISTRATOR,
      PAUSED,
      SWITCHED_OFF;

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

  /** Whether a secret is kept for it: always while it is on and signs in. */
  public boolean hasSecret() {
    return active && smtp != null && smtp.auth();
  }
}
