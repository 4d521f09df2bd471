package org.postroom.accounts;

import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * What somebody wants an account to be.
 *
 * @param owner {@code company} or a person's id
 * @param secret password or client secret as typed; null keeps the one that is stored
 * @param fallback id of the account that sends instead while this one cannot; null: mail waits
 */
public record AccountDraft(
    Account.Kind kind,
    String name,
    Address email,
    @Nullable String displayName,
    @Nullable Address replyTo,
    String owner,
    boolean isDefault,
    boolean active,
    Connection connection,
    @Nullable String secret,
    Account.Limits limits,
    @Nullable String fallback) {

  /** Without a fallback, as most are. */
  public AccountDraft(
      Account.Kind kind,
      String name,
      Address email,
      @Nullable String displayName,
      @Nullable Address replyTo,
      String owner,
      boolean isDefault,
      boolean active,
      Connection connection,
      @Nullable String secret,
      Account.Limits limits) {
    this(
        kind,
        name,
        email,
        displayName,
        replyTo,
        owner,
        isDefault,
        active,
        connection,
        secret,
        limits,
        null);
  }

  public boolean ofCompany() {
    return owner.equals(Account.COMPANY);
  }

  /** Whether it cannot send without a secret. */
  boolean needsSecret() {
    return active && connection.needsSecret();
  }

  Connection.@Nullable Smtp smtp() {
    return connection instanceof Connection.Smtp smtp ? smtp : null;
  }

  @Override
  public String toString() {
    return "AccountDraft[" + kind + " " + name + "]";
  }
}
