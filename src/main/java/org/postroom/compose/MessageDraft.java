package org.postroom.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;

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

  /** Somebody changed something: it is worth keeping in sight. */
  boolean touched() {
    return !files.isEmpty() || !typed.asWritten().equals(preset.fields().asWritten());
  }

  /**
   * The fields as text.
   *
   * @param to addresses, one a line; cc and bcc alike
   * @param account id, empty: by the rules; template and layout alike
   * @param text own words, empty: the template's
   * @param when {@code now} or {@code at}
   * @param at local date and time in the company's zone
   * @param seen version of the document that was looked at, 0 without document
   * @param further other documents that go along, as {@link #further(DocumentRef)} writes them
   * @param kept names of files of the document's record that go along
   * @param standing ids of standing files that go along, null: those that do by themselves
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
      long seen,
      String template,
      String layout,
      List<String> further,
      List<String> kept,
      @Nullable List<String> standing) {
    static final Typed NOTHING = preset("", "", "", "", 0);

    /** Drafts kept by an older version know nothing of the later fields. */
    @SuppressWarnings("NullAway")
    public Typed {
      template = template == null ? "" : template;
      layout = layout == null ? "" : layout;
      further = further == null ? List.of() : further.stream().distinct().toList();
      kept = kept == null ? List.of() : kept.stream().distinct().toList();
      standing = standing == null ? null : List.copyOf(standing);
    }

    /** The fields as they stand at the start, everything else by the rules. */
    static Typed preset(String to, String cc, String bcc, String subject, long seen) {
      return new Typed(
          to, cc, bcc, "", subject, "", "now", "", seen, "", "", List.of(), List.of(), null);
    }

    Typed text(String words) {
      return new Typed(
          to, cc, bcc, account, subject, words, when, at, seen, template, layout, further, kept,
          standing);
    }

    Typed to(String people) {
      return new Typed(
          people, cc, bcc, account, subject, text, when, at, seen, template, layout, further, kept,
          standing);
    }

    Typed cc(String people) {
      return new Typed(
          to, people, bcc, account, subject, text, when, at, seen, template, layout, further, kept,
          standing);
    }

    /** Kind and number, such as {@code packing_slip/2026/7}: a kind has no slash. */
    public static String further(DocumentRef document) {
      return document.kind() + "/" + document.number();
    }

    /** The other documents; what cannot be read names a kind that is not there. */
    public List<DocumentRef> furtherDocuments() {
      return further.stream().map(Typed::document).toList();
    }

    public static DocumentRef document(String text) {
      int slash = text.indexOf('/');
      return slash < 0
          ? new DocumentRef("", text)
          : new DocumentRef(text.substring(0, slash), text.substring(slash + 1));
    }

    public boolean later() {
      return when.equals("at");
    }

    /** Without what looking at it changes. */
    Typed asWritten() {
      return new Typed(
          String.join("\n", lines(to)),
          String.join("\n", lines(cc)),
          String.join("\n", lines(bcc)),
          account,
          subject,
          text,
          when,
          at,
          0,
          template,
          layout,
          further,
          kept,
          standing);
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
  public record Preset(Typed fields, String recipients, @Nullable Purpose purpose) {}

  /** A file that goes along; its content is asked for by id. */
  public record File(String id, String filename, String contentType, long size) {}
}
