package org.postroom.transport;

/** Whom a failure concerns: everything sent through the account, this message, or one recipient. */
public enum Scope {
  ACCOUNT,
  MESSAGE,
  RECIPIENT
}
