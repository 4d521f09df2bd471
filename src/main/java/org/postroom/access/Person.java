package org.postroom.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody who signs in, as a member of one company. */
public record Person(
    String id, String name, String email, Role role, @Nullable Instant signedInAt) {}
