package org.postroom.transport.ews;

import org.jspecify.annotations.Nullable;
import org.postroom.transport.Stage;

/**
 * One request and what is allowed to happen to it.
 *
 * @param guard asked before the content leaves; null where it carries none
 * @param sends whether the message is sent once the server acts on it
 */
record Errand(Soap soap, Stage stage, @Nullable Guard guard, boolean sends) {
  boolean carries() {
    return guard != null;
  }
}
