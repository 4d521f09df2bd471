package org.postroom.compose;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Files behind a link.
 *
 * @param language of the mail it stands in
 * @param opened how often a file was fetched
 */
public record Download(
    String company,
    String id,
    String message,
    Locale language,
    State state,
    Instant until,
    long opened,
    List<File> files) {
  public Download {
    files = List.copyOf(files);
  }

  public enum State {
    OPEN,
    EXPIRED,
    WITHDRAWN
  }

  /**
   * @param position asked for by this, from 0
   * @param size in bytes
   */
  public record File(int position, String filename, long size) {}
}
