package org.postroom.payments;

import java.time.Instant;

/**
 * One call of a provider, or one answer to our question.
 *
 * @param id the same again is the same telling
 * @param type in the provider's words
 * @param at when it happened, as the provider says
 */
public record Telling(String id, String type, Instant at, Told told) {}
