package org.postroom.accounts;

import java.time.Instant;
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

  public enum Kind {
    SMTP,
    MICROSOFT,
    GOOGLE,
    EXCHANGE,
    LOCAL
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
      int connections, int perMinute, int perDay, int recipients, long messageBytes) {}

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
      SWITCHED_OFF
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
}
