package org.postroom.rules;

import java.time.Instant;
import org.postroom.db.Ids;

/**
 * If a mail's document is so, the mail goes like that.
 *
 * @param id {@code rul_…}
 * @param enabled whether it counts
 * @param position from 1; the rules before it decide first
 * @param version the API's ETag
 */
public record Rule(
    String id,
    String name,
    boolean enabled,
    int position,
    Condition condition,
    Effects effects,
    long version,
    Instant updatedAt) {

  /** One that is not stored yet. */
  public static Rule of(String name, boolean enabled, Condition condition, Effects effects) {
    return new Rule(Ids.next("rul"), name, enabled, 0, condition, effects, 0, Instant.EPOCH);
  }

  /** The same rule with what another says of name, switch, condition and effects. */
  Rule changedTo(Rule other) {
    return new Rule(
        id,
        other.name,
        other.enabled,
        position,
        other.condition,
        other.effects,
        version,
        updatedAt);
  }

  public Rule switched(boolean on) {
    return new Rule(id, name, on, position, condition, effects, version, updatedAt);
  }

  boolean sameAs(Rule other) {
    return RuleJson.content(this).equals(RuleJson.content(other))
        && name.equals(other.name)
        && enabled == other.enabled;
  }
}
