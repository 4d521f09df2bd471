package org.postroom.happenings;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param type the word of a {@link HappeningType}, or of a test
 * @param subject the id of what it happened to
 * @param facts what was known at that moment alone
 * @param body as it is told, null as long as it has no place in the order
 */
public record Happening(
    String company,
    String id,
    Instant at,
    String type,
    String subject,
    Map<String, Object> facts,
    @Nullable String body) {

  public Happening {
    facts = Map.copyOf(facts);
  }
}
