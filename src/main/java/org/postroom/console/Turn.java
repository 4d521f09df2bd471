package org.postroom.console;

import java.time.Instant;

/**
 * A piece of recurring work in this node's hands.
 *
 * @param fence counts the turns of this work; the newest alone is believed
 * @param due when it was due
 */
record Turn(Recurring.Work work, long fence, Instant due) {}
