package org.postroom.http;

/** A number beside an entry of the menu, such as what needs attention in the outbox. */
public interface NavigationCount {
  /** The entry's path, such as {@code /outbox}. */
  String path();

  /** How many need attention; 0 shows nothing. Asked for each page, so it must be quick. */
  long count(String company);

  /** The same for one reader, where not everybody has the same number. */
  default long count(String company, String person) {
    return count(company);
  }

  /** What the number means, for those who do not see where it stands: "3 need attention". */
  default String means() {
    return "need attention";
  }
}
