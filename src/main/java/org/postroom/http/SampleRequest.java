package org.postroom.http;

import org.jspecify.annotations.Nullable;

/**
 * A request as the reference page shows it in programs.
 *
 * @param address path and query, filled with examples
 * @param type media type of the body; null where there is none
 */
record SampleRequest(String method, String address, @Nullable String type, String body) {
  boolean hasBody() {
    return type != null;
  }
}
