package org.postroom.text;

import org.jspecify.annotations.Nullable;

/**
 * A text that is not possible, or that needs too much; the message says why in a plain sentence.
 */
public final class BadText extends RuntimeException {
  private final @Nullable Trouble trouble;

  BadText(String message) {
    super(message, null, false, false);
    this.trouble = null;
  }

  BadText(Trouble trouble) {
    super(trouble.message(), null, false, false);
    this.trouble = trouble;
  }

  /** Where in the text it is; null for what shows only when it is filled in. */
  public @Nullable Trouble trouble() {
    return trouble;
  }

  /** From 1; 0 where no place in the text is to blame. */
  public int line() {
    return trouble == null ? 0 : trouble.line();
  }

  /** From 1; 0 where no place in the text is to blame. */
  public int column() {
    return trouble == null ? 0 : trouble.column();
  }
}
