package org.postroom.compose;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.templates.Content;

/**
 * A text filled in with a document as sending would do it.
 *
 * @param document null: a made-up one
 * @param from who would send it
 * @param language what it is written in, with the reader's country where known
 * @param model the values it was filled in with
 * @param warnings what its writer should look at, plain sentences
 */
public record TemplatePreview(
    Content content,
    @Nullable DocumentRef document,
    Address from,
    Locale language,
    Map<String, Object> model,
    List<String> warnings) {
  public TemplatePreview {
    warnings = List.copyOf(warnings);
  }
}
