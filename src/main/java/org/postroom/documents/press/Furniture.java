package org.postroom.documents.press;

/** What stands on every page outside the frame. */
public interface Furniture {
  /** Above the frame, from the second page on. */
  Strip runner();

  /** Below the frame, the same on all pages. */
  Strip foot();

  /** Below the frame, for one page: "Page 2 of 3". */
  Strip number(int page, int pages);
}
