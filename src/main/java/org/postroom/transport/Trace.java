package org.postroom.transport;

/** What a provider's mailbox tells about a message whose answer was lost. */
public enum Trace {
  /** A copy that is no draft lies there: the provider has taken it. */
  SENT,
  /** Nothing lies there now, which proves nothing: copies come late, people delete. */
  NOT_SEEN,
  /** This way to send has no mailbox to look into, or we may not look. */
  CANNOT_LOOK
}
