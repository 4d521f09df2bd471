package org.postroom.compose;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.postroom.mail.Attachment;

/**
 * Files that go by link instead of with the message.
 *
 * @param token stands in the mail alone; only its hash is kept
 * @param kept what still goes along
 */
public record Linked(
    String token,
    List<Attachment> files,
    List<Attachment> kept,
    String url,
    Instant until,
    Locale language) {
  public Linked {
    files = List.copyOf(files);
    kept = List.copyOf(kept);
  }
}
