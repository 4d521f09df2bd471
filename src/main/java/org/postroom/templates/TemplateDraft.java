package org.postroom.templates;

import org.jspecify.annotations.Nullable;

/**
 * What a template shall be.
 *
 * @param purpose word of a purpose; stays as it was made
 * @param language ISO 639; stays as it was made
 * @param level APPLICATION or PERSONAL; stays as it was made
 * @param note why it is saved, kept with the version
 */
public record TemplateDraft(
    String purpose,
    String language,
    Template.Level level,
    String name,
    Body body,
    Copies copies,
    boolean isDefault,
    @Nullable String note) {

  /** What would leave a template as it is. */
  public static TemplateDraft of(Template template) {
    return new TemplateDraft(
        template.purpose(),
        template.language(),
        template.level(),
        template.name(),
        template.body(),
        template.copies(),
        template.isDefault(),
        null);
  }

  boolean sameText(Template template) {
    return name.equals(template.name())
        && body.equals(template.body())
        && copies.equals(template.copies());
  }
}
