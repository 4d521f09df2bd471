package org.postroom.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One piece of recurring work as it stands, for pages.
 *
 * @param every "every hour"
 * @param nextAt when it is due; by the past it waits for a free node
 * @param running a node has it in hand now
 * @param startedAt of the last turn, null before the first
 * @param endedAt of the last turn that ended
 * @param failed how that turn ended
 * @param said why it failed, as technicians read it; null where it did not
 * @param node who had the last turn
 * @param failures how many turns in a row failed
 */
public record RunByItself(
    String name,
    String every,
    Instant nextAt,
    boolean running,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    boolean failed,
    @Nullable String said,
    @Nullable String node,
    long failures) {}
