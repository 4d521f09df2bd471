package org.postroom.templates;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The text of one kind of mail in one language.
 *
 * @param id {@code tpl_…}, or {@code built-in:invoice:de}
 * @param owner id of the person whose own it is; null where it is the company's or built in
 * @param purpose word of a purpose, such as {@code invoice}
 * @param language ISO 639, such as {@code de}
 * @param copies who gets copies of every mail with this text, and where answers go
 * @param isDefault whether mails of this purpose and language use it where nothing else is said
 * @param version counts the texts it had, from 1; 0 for built-in ones
 * @param revision counts every change, from 1; 0 for built-in ones
 * @param savedBy name of who wrote this version; null for built-in ones
 */
public record Template(
    String company,
    String id,
    Level level,
    @Nullable String owner,
    String purpose,
    String language,
    String name,
    Body body,
    Copies copies,
    boolean isDefault,
    long version,
    long revision,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt,
    @Nullable String savedBy) {

  /** Whose a template is. */
  public enum Level {
    /** The company's: administrators change it, everybody and automatic mail uses it. */
    APPLICATION,
    /** One person's: only they see, use and change it; never used by automatic mail. */
    PERSONAL,
    /** Ours: always there, cannot be changed, can be started from. */
    BUILT_IN;

    /** As programs write it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What a draft would be, for looking at it; never to be stored. */
  public static Template unsaved(String company, TemplateDraft draft) {
    return new Template(
        company,
        "unsaved",
        draft.level(),
        null,
        draft.purpose(),
        draft.language(),
        draft.name(),
        draft.body(),
        draft.copies(),
        draft.isDefault(),
        0,
        0,
        null,
        null,
        null);
  }

  /** Whether it exists for that reader, a person's id or null for nobody in particular. */
  public boolean isFor(@Nullable String reader) {
    return owner == null || owner.equals(reader);
  }
}
