package org.postroom.text;

/**
 * HTML as it may stand in a mail: safe for whoever opens it, and styled so that mail clients show
 * it. Works on what anybody may write; time and size are bounded.
 */
public final class MailHtml {
  /** More letters than that are refused. */
  public static final int LONGEST = 1_000_000;

  private static final int MOST_TAGS = 40_000;

  private MailHtml() {}

  /**
   * The same without anything that runs, loads, asks or covers: no scripts, handlers, forms,
   * frames, no addresses but {@code https}, {@code http}, {@code mailto} and {@code tel}, images
   * only from {@code cid:} and {@code https:}, styles from a list of harmless properties. Tables,
   * colours, fonts and widths stay; rules in {@code <style>} stay for {@link #inline}. A whole
   * document stays one, a piece a piece.
   *
   * @throws BadText if it is too long or has too many tags
   */
  public static String clean(String html) {
    refuseLong(html);
    return Cleaner.clean(html);
  }

  /**
   * The same with the rules of its {@code <style>} elements written at the elements they are for,
   * as mail clients want it. What has no place there ({@code @media}, {@code :hover}) stays in one
   * {@code <style>}.
   *
   * @throws BadText if it is too long or its rules take too much work
   */
  public static String inline(String html) {
    refuseLong(html);
    return Inliner.inline(html);
  }

  static void refuseLong(String html) {
    if (html.length() > LONGEST) throw new BadText("HTML has at most 1,000,000 letters.");
    long tags = html.chars().filter(letter -> letter == '<').limit(MOST_TAGS + 1L).count();
    if (tags > MOST_TAGS) throw new BadText("HTML has at most 40,000 tags.");
  }
}
