package org.postroom.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem.FieldError;

/**
 * A draft as it would leave now, and what keeps it from leaving.
 *
 * @param composition null where it cannot be composed at all; where nobody gets it, its recipients
 *     are a stand-in
 * @param people how many get it
 * @param seen version of the document that is shown, 0 without document
 * @param errors with pointers as in the API
 */
public record Preview(
    @Nullable Composition composition, int people, long seen, List<FieldError> errors) {
  public Preview {
    errors = List.copyOf(errors);
  }
}
