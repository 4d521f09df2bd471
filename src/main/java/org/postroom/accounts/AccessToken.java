package org.postroom.accounts;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * What a provider lets the bearer do for about an hour (RFC 6749).
 *
 * @param scopes as granted, which may be less than asked
 */
record AccessToken(String value, Set<String> scopes, Instant ends) {

  /** Whether a scope was granted, whatever resource stands before it. */
  boolean allows(String scope) {
    String wanted = scope.toLowerCase(Locale.ROOT);
    return scopes.stream()
        .map(granted -> granted.substring(granted.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT))
        .anyMatch(wanted::equals);
  }

  @Override
  public String toString() {
    return "AccessToken[" + scopes + " until " + ends + "]";
  }
}
