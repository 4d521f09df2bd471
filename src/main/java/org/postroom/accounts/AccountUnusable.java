package org.postroom.accounts;

/**
 * Nobody can sign in with this account now: it is gone, switched off, or its secret cannot be
 * opened. The message is a sentence for people.
 */
public final class AccountUnusable extends RuntimeException {
  AccountUnusable(String message) {
    super(message, null, false, false);
  }
}
