package org.postroom.ingress;

import org.postroom.access.Caller;

/**
 * A program that signed in, or counts as a key without.
 *
 * @param rule how mail of its key is treated
 * @param senders as whom it may send
 */
record Guest(Caller caller, KeyRule rule, Senders senders) {}
