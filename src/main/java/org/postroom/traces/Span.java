package org.postroom.traces;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One step of a message's journey.
 *
 * @param parent id of the step it belongs to; empty for the journey itself
 * @param facts text, whole numbers or booleans; never whom a message goes to or what it says
 * @param failed whether the step did not do what it was for
 */
record Span(
    TraceIds ids,
    String id,
    String parent,
    String name,
    Instant start,
    Instant end,
    Map<String, Object> facts,
    boolean failed) {

  Span {
    facts = Map.copyOf(new TreeMap<>(facts));
  }
}
