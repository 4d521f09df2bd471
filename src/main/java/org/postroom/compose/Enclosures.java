package org.postroom.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Message.DocumentRef;

/**
 * What goes along beside the document itself.
 *
 * @param attached files given with the request
 * @param documents further documents, each as its own PDF
 * @param files names of files attached to the record of the document
 * @param standing ids of standing files; null: those that go along with such documents by
 *     themselves
 */
public record Enclosures(
    List<Attachment> attached,
    List<Further> documents,
    List<String> files,
    @Nullable List<String> standing) {
  public static final Enclosures NONE = of(List.of());

  public Enclosures {
    attached = List.copyOf(attached);
    documents = List.copyOf(documents);
    files = List.copyOf(files);
    standing = standing == null ? null : List.copyOf(standing);
  }

  /**
   * A document that goes along.
   *
   * @param layout id, null: by the rules
   */
  public record Further(DocumentRef document, @Nullable String layout) {}

  public static Enclosures of(List<Attachment> attached) {
    return new Enclosures(attached, List.of(), List.of(), null);
  }
}
