package org.postroom.compose;

import org.jspecify.annotations.Nullable;
import org.postroom.templates.Copies;

/**
 * Subject and bodies, the template they came from, and why that one.
 *
 * @param copies who the template sends copies to, and where answers go
 */
record Words(
    String subject,
    String html,
    String text,
    @Nullable String template,
    String reason,
    Copies copies) {

  /** Whether a reader finds the address in them. */
  boolean mention(String url) {
    return html.contains(url) || text.contains(url);
  }
}
