package org.postroom.http;

/** A number beside an entry of the menu, such as what needs attention in the outbox. */
public interface NavigationCount {
  /** The entry's path, such as {@code /outbox}. */
  String path();

  /** How many need attention; 0 shows nothing. Asked for each page, so it must be quick. */
  long count(String company);
}
