package org.postroom.ingress;

import java.time.Instant;
import org.postroom.access.Caller;

/**
 * A program that signed in, or counts as a key without.
 *
 * @param rule how mail of its key is treated
 * @param senders as whom it may send
 * @param seen by the database's clock; a moment ago
 */
record Guest(Caller caller, KeyRule rule, Senders senders, Instant seen) {}
