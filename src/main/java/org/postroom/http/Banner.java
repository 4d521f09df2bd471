package org.postroom.http;

import java.util.List;

/**
 * Something that every page of a company must show until it is settled. Beans of this type are
 * asked for each page.
 */
public interface Banner {
  /**
   * @param company the id of the company whose page is shown
   * @return nothing where all is well
   */
  List<Notice> notices(String company);

  /** The same for one reader, where not everybody is to know all. */
  default List<Notice> notices(String company, String person) {
    return notices(company);
  }

  /**
   * @param kind how bad it is
   * @param headline what happened, one sentence
   * @param text what it means, and that nothing is lost
   * @param links what can be done, the best first
   */
  record Notice(Kind kind, String headline, String text, List<Link> links) {
    public Notice {
      links = List.copyOf(links);
    }
  }

  enum Kind {
    FAIL,
    WARN,
    INFO,
    /** Mail does not go where it is written to. */
    TEST
  }

  record Link(String path, String words) {}
}
