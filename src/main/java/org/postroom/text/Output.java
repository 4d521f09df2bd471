package org.postroom.text;

/** What the values of a text become. */
public enum Output {
  /** Values are escaped: what comes from outside can only ever become text. */
  HTML,
  /** Values stand as they are. */
  TEXT
}
