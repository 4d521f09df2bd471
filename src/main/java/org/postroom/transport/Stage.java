package org.postroom.transport;

/** The stages of a conversation, in their order. */
public enum Stage {
  RESOLVE,
  CONNECT,
  TLS,
  GREET,
  AUTHENTICATE,
  SENDER,
  RECIPIENT,
  CONTENT
}
