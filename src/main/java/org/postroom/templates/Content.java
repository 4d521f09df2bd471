package org.postroom.templates;

import java.util.List;

/**
 * A rendered mail text.
 *
 * @param subject one line, no control characters
 * @param html a whole HTML document, styles inlined, safe
 * @param text the same for readers without HTML
 * @param template id of the template it came from, such as {@code built-in:invoice:en}
 * @param reason why this template: plain sentence
 * @param copies the template's own CC, BCC and reply-to
 * @param missing placeholders that must have a value and have none, such as {@code
 *     document.due_date}; with any the mail must not go
 */
public record Content(
    String subject,
    String html,
    String text,
    String template,
    String reason,
    Copies copies,
    List<String> missing) {
  public Content {
    missing = List.copyOf(missing);
  }
}
