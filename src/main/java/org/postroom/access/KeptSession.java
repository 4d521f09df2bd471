package org.postroom.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is signed in at some browser.
 *
 * @param idHash of what the browser's cookie holds
 * @param formToken what forms of this session must send along
 * @param flash what the next page says once, as JSON; null for nothing
 */
record KeptSession(
    String company,
    String idHash,
    String person,
    String formToken,
    @Nullable String flash,
    Instant seen) {

  KeptSession withFlash(@Nullable String other) {
    return new KeptSession(company, idHash, person, formToken, other, seen);
  }
}
