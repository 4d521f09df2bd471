package org.postroom.text;

/**
 * A text that is not possible, or that needs too much; the message says why in a plain sentence.
 */
public final class BadText extends RuntimeException {
  BadText(String message) {
    super(message, null, false, false);
  }
}
