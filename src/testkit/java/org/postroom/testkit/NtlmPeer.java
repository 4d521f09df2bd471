package org.postroom.testkit;

import org.jspecify.annotations.Nullable;

/** The server's side of one NTLM sign-in. */
public interface NtlmPeer extends AutoCloseable {

  /** Answers the client's first message. */
  byte[] challenge(byte[] negotiate);

  /** The user, where the client's second message proves one; otherwise null. */
  @Nullable String user(byte[] authenticate);

  @Override
  default void close() {}
}
