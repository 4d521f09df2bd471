package org.postroom.accounts;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An account began to need somebody, or works again.
 *
 * @param account its id
 * @param state which it has since
 * @param reason plain sentence where something is wrong
 * @param notice id of the message that told administrators, {@link #NOBODY}, or null while open
 */
public record AccountEvent(
    String company,
    String id,
    String account,
    Instant at,
    Type type,
    Account.Health.State state,
    @Nullable String reason,
    @Nullable String notice) {

  /** Stands for a notice where nobody had to be told. */
  public static final String NOBODY = "none";

  public enum Type {
    NEEDS_ATTENTION,
    RECOVERED;

    public String word() {
      return "account." + name().toLowerCase(Locale.ROOT);
    }
  }
}
