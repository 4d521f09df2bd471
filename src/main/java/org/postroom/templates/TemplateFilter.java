package org.postroom.templates;

import org.jspecify.annotations.Nullable;

/**
 * Which templates to list; null: any.
 *
 * @param after id of the last one of the page before
 */
public record TemplateFilter(
    @Nullable String purpose,
    @Nullable String language,
    Template.@Nullable Level level,
    @Nullable String after) {
  public static final TemplateFilter ALL = new TemplateFilter(null, null, null, null);
}
