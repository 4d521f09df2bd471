package org.postroom.documents.own;

import java.time.Duration;
import org.postroom.http.Problem;

/**
 * The bounds of one print. The layout engine cannot be stopped from outside; it asks this again and
 * again while it matches styles, measures text and adds pages.
 */
final class Watch {
  private static final int ASKED_SELDOM = 64;

  private final Duration longest;
  private final long ends;
  private final int mostPages;
  private int asked;
  private int pages;

  Watch(Duration longest, int mostPages) {
    this.longest = longest;
    this.ends = System.nanoTime() + longest.toNanos();
    this.mostPages = mostPages;
  }

  /** Throws when time is up. */
  void check() {
    if (++asked % ASKED_SELDOM == 0) now();
  }

  void now() {
    if (System.nanoTime() - ends > 0 || Thread.currentThread().isInterrupted())
      throw new Over(tooSlow(longest));
  }

  void page() {
    now();
    if (++pages > mostPages)
      throw new Over(
          Problem.of(
              422,
              "layout_too_long",
              "With this layout the document has more than " + mostPages + " pages."));
  }

  static Problem tooSlow(Duration longest) {
    return Problem.of(
        422,
        "layout_too_slow",
        "Printing with this layout took longer than "
            + longest.toSeconds()
            + " seconds and was stopped. Make its styles and tables simpler.");
  }

  /** A bound was passed; the library lets it through, as it is no exception it knows. */
  static final class Over extends RuntimeException {
    private final transient Problem problem;

    Over(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
