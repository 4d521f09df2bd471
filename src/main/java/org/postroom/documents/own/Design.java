package org.postroom.documents.own;

import java.util.List;
import java.util.Optional;
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

  private static final long MOST_PIXELS = 16_000_000;

  public Design {
    images = List.copyOf(images);
  }

  /** Why these images are too much together; empty where they are not. */
  public static Optional<String> troubleWith(List<Image> images) {
    long bytes = images.stream().mapToLong(image -> image.bytes().length).sum();
    long pixels = images.stream().mapToLong(image -> (long) image.width() * image.height()).sum();
    if (images.size() > MOST_IMAGES) return Optional.of("A layout has at most 20 images.");
    if (bytes > MOST_IMAGE_BYTES)
      return Optional.of(
          "The images of a layout are together larger than 5 MB. Save them smaller.");
    if (pixels > MOST_PIXELS)
      return Optional.of(
          "The images of a layout have together more than 16 million pixels. Save them smaller.");
    return Optional.empty();
  }
}
