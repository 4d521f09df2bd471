package org.postroom.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program's way in. The key itself is shown once, when it is made, and kept as a hash.
 *
 * @param hint the start of the key, to recognise it by
 * @param test everything sent with it stays in the local mailbox
 * @param networks CIDR blocks it may be used from; empty means anywhere
 */
public record ApiKey(
    String id,
    String name,
    String hint,
    boolean test,
    List<Scope> scopes,
    List<String> networks,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {

  public ApiKey {
    scopes = List.copyOf(scopes);
    networks = List.copyOf(networks);
  }

  /** A key that was just made, with the only copy of its text. */
  public record Made(ApiKey key, String text) {}
}
