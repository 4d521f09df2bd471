package org.postroom.templates;

/**
 * A rendered mail text.
 *
 * @param subject one line, no control characters
 * @param html a whole HTML document, styles inlined, safe
 * @param text the same for readers without HTML
 * @param template id of the template it came from, such as {@code built-in:invoice:en}
 * @param reason why this template: plain sentence
 */
public record Content(String subject, String html, String text, String template, String reason) {}
