package org.postroom.rules;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule changes; null is what it does not speak of.
 *
 * @param layout id
 * @param template id
 * @param account id
 * @param delay at most 30 days
 * @param hold what the person is told who must approve; may be empty
 * @param doNotSend the reason
 */
public record Effects(
    @Nullable String layout,
    @Nullable String template,
    @Nullable String account,
    Decisions.@Nullable Further recipients,
    @Nullable List<Decisions.FurtherFile> attachments,
    @Nullable Duration delay,
    @Nullable String hold,
    @Nullable String doNotSend) {
  public static final Effects NONE = new Effects(null, null, null, null, null, null, null, null);

  public Effects {
    attachments = attachments == null ? null : List.copyOf(attachments);
  }
}
