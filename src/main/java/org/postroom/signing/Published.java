package org.postroom.signing;

import java.util.Locale;
import org.postroom.http.Chip;

/** What the DNS said about a record when it was last asked; the worst last. */
public enum Published {
  OK,
  /** Nobody asked yet, or nobody answered. */
  UNKNOWN,
  MISSING,
  /** Something stands there that does not fit. */
  DIFFERENT;

  public Chip chip() {
    return switch (this) {
      case OK -> new Chip("ok", "tick", "Published");
      case MISSING -> new Chip("fail", "cross", "Not found in the DNS");
      case DIFFERENT -> new Chip("fail", "cross", "Something else is published");
      case UNKNOWN -> new Chip("off", "question", "Not checked yet");
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
