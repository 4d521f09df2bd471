package org.postroom.documents.own;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;

/**
 * How a layout looks.
 *
 * @param html with placeholders, as {@code org.postroom.text} has them
 * @param css without placeholders
 * @param paper null: the company's
 * @param images that the page names as {@code asset:name}
 */
public record Design(String html, String css, Company.@Nullable Paper paper, List<Image> images) {
  public static final int LONGEST_HTML = 200_000;
  public static final int LONGEST_CSS = 100_000;
  public static final int MOST_IMAGES = 20;
  public static final int MOST_IMAGE_BYTES = 5 * 1024 * 1024;

  public Design {
    images = List.copyOf(images);
  }
}
