package org.postroom.bounces.reading;

import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned.Action;

/**
 * What a report says of one recipient, before it is understood.
 *
 * @param status empty where none was given
 * @param diagnostic the words of the server, or of whoever wrote the report
 */
record Said(@Nullable String address, Action action, String status, String diagnostic) {
  Said with(String diagnostic) {
    return new Said(address, action, status, diagnostic);
  }
}
