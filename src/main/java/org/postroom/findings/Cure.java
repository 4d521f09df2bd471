package org.postroom.findings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fix of {@code fixes.json}.
 *
 * @param change form fields to their values; {@code {name}} is filled from what is known
 * @param provider only where this provider was recognised; null: anywhere
 * @param notFor not where this provider was recognised
 * @param maker makes the values that are not fixed; null: none needed
 */
record Cure(
    String id,
    Map<String, String> change,
    @Nullable String provider,
    @Nullable String notFor,
    @Nullable String maker) {}
