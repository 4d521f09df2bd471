package org.postroom.templates;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A template as it was once saved.
 *
 * @param number from 1, the highest is in use
 * @param note why it was saved, in the words of who did
 */
public record TemplateVersion(
    long number,
    String name,
    Body body,
    Copies copies,
    @Nullable String note,
    Instant savedAt,
    String savedBy) {}
