package org.postroom.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.DocumentRef;

/**
 * A message somebody is writing: theirs alone until it is sent.
 *
 * @param document null for free mail
 * @param preset what the fields held at the start, and why
 * @param typed what they hold now, as typed
 * @param message id of the message it became; null while it is being written
 */
public record MessageDraft(
    String company,
    String id,
    String person,
    @Nullable DocumentRef document,
    Preset preset,
    Typed typed,
    List<File> files,
    @Nullable String message) {

  public MessageDraft {
    files = List.copyOf(files);
  }

  /**
   * The fields as text.
   *
   * @param to addresses, one a line; cc and bcc alike
   * @param account id, empty: by the rules
   * @param text own words, empty: the template's
   * @param when {@code now} or {@code at}
   * @param at local date and time in the company's zone
   * @param seen version of the document that was looked at, 0 without document
   */
  public record Typed(
      String to,
      String cc,
      String bcc,
      String account,
      String subject,
      String text,
      String when,
      String at,
      long seen) {
    static final Typed NOTHING = new Typed("", "", "", "", "", "", "now", "", 0);

    public boolean later() {
      return when.equals("at");
    }

    boolean goesToSameAs(Typed other) {
      return lines(to).equals(lines(other.to))
          && lines(cc).equals(lines(other.cc))
          && lines(bcc).equals(lines(other.bcc));
    }

    /** Browsers send line ends of their own. */
    private static List<String> lines(String text) {
      return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }

  /**
   * @param recipients why these recipients, or why none
   */
  public record Preset(Typed fields, String recipients) {}

  /** A file that goes along; its content is asked for by id. */
  public record File(String id, String filename, String contentType, long size) {}
}
