package org.postroom.accounts;

import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * What somebody wants an account to be.
 *
 * @param owner {@code company} or a person's id
 * @param password as typed; null keeps the one that is stored
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
    Account.@Nullable SmtpServer smtp,
    @Nullable String password,
    Account.Limits limits) {

  public boolean ofCompany() {
    return owner.equals(Account.COMPANY);
  }

  /** Whether it signs in with a password. */
  boolean needsPassword() {
    return active && smtp != null && smtp.auth();
  }

  @Override
  public String toString() {
    return "AccountDraft[" + kind + " " + name + "]";
  }
}
