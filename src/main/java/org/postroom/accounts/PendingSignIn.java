package org.postroom.accounts;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in under way: what its answer needs, and nobody else may know.
 *
 * @param redirect exactly as it was sent to the provider
 * @param nonce comes back inside the ID token
 * @param drafts whether large attachments were asked for
 * @param granted the provider's answer, where a person still has to choose the mailbox
 */
record PendingSignIn(
    String company,
    String account,
    Purpose purpose,
    String startedBy,
    URI redirect,
    String verifier,
    String nonce,
    boolean drafts,
    @Nullable Held granted) {

  enum Purpose {
    /** A person signs in. */
    SIGN_IN,
    /** An administrator approves. */
    APPROVAL,
    /** Somebody signed in as another than the account's address. */
    CHOICE
  }

  /** Tokens of a sign-in that waits for a choice. */
  record Held(
      String accessToken, String refreshToken, String scopes, long lastsSeconds, String address) {
    @Override
    public String toString() {
      return "Held[" + address + "]";
    }
  }

  @Override
  public String toString() {
    return "PendingSignIn[" + purpose + " " + account + "]";
  }
}
