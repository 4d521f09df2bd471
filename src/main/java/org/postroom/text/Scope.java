package org.postroom.text;

/** Where a text stands; not all placeholders are there everywhere. */
public enum Scope {
  /** Subject and body of a mail. */
  MAIL,
  /** A document's own layout. */
  LAYOUT
}
