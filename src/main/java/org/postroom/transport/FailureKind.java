package org.postroom.transport;

/**
 * The closed list of what can go wrong when handing over. Which replies make which kind is decided
 * in one place per protocol; how long to pause after a kind is decided by the outbox.
 */
public enum FailureKind {
  /** The server's name does not exist (or DNS did not answer: then temporary). */
  NAME_NOT_FOUND,
  /** Nobody listens on that port. */
  CONNECTION_REFUSED,
  /** No answer in time while connecting; also no route. */
  CONNECTION_TIMEOUT,
  /** The connection broke before the content was handed over. */
  CONNECTION_LOST,
  /** The server took too long to answer a command. */
  ANSWER_TIMEOUT,
  /** The server does not offer what makes the connection private. */
  TLS_NOT_OFFERED,
  /** The handshake failed: protocol versions, not TLS at all. */
  TLS_FAILED,
  /** The certificate is expired, for another name, or from an unknown issuer. */
  CERTIFICATE_NOT_TRUSTED,
  /** The greeting was a refusal. */
  GREETING_REFUSED,
  /** User name, password or token was not accepted. */
  SIGN_IN_REFUSED,
  /** The server wants a sign-in and the account has none. */
  SIGN_IN_NEEDED,
  /** The server offers none of the ways to sign in that we speak. */
  SIGN_IN_NOT_OFFERED,
  /** The sign-in could not be checked right now. */
  SIGN_IN_UNAVAILABLE,
  /** We may not send as this address. */
  SENDER_REFUSED,
  /** The mailbox does not exist or does not accept from us, for good. */
  RECIPIENT_REFUSED,
  /** The mailbox is full, busy or greylisted. */
  RECIPIENT_DEFERRED,
  /** The server will not forward to other domains for us. */
  RELAY_DENIED,
  /** Larger than the server takes. */
  MESSAGE_TOO_LARGE,
  /** An address or header needs SMTPUTF8 and the server has none. */
  UTF8_NOT_SUPPORTED,
  /** The content was read and refused: spam, policy, malformed. */
  CONTENT_REFUSED,
  /** We are asked to slow down, or a daily limit is reached. */
  RATE_LIMITED,
  /** The server is not able right now. */
  SERVER_BUSY,
  /** An answer that makes no sense in this protocol. */
  PROTOCOL_BROKEN,
  /** Content was handed over and the answer never came. */
  ANSWER_LOST,
  /** Our claim ended before the content was handed over; another node may have it. */
  CLAIM_LOST,
  /** The account that should send does not exist any more or is switched off. */
  ACCOUNT_UNUSABLE
}
