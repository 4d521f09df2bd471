package org.postroom.findings;

import java.util.Map;

/**
 * A change of the account's settings that may cure it.
 *
 * @param label of the button: "Use port 587 with STARTTLS"
 * @param change field of the account's form or body, such as {@code smtp/port}, to its new value;
 *     {@code kind} → {@code microsoft} means to connect by signing in there instead
 */
public record Fix(String label, Map<String, String> change) {
  public Fix {
    change = Map.copyOf(change);
  }
}
