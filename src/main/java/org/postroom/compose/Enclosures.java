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
 * @param files ids of files attached to a document's record, or of standing files
 */
public record Enclosures(List<Attachment> attached, List<Further> documents, List<String> files) {
  public static final Enclosures NONE = new Enclosures(List.of(), List.of(), List.of());

  public Enclosures {
    attached = List.copyOf(attached);
    documents = List.copyOf(documents);
    files = List.copyOf(files);
  }

  /**
   * A document that goes along.
   *
   * @param layout id, null: by the rules
   */
  public record Further(DocumentRef document, @Nullable String layout) {}

  public static Enclosures of(List<Attachment> attached) {
    return new Enclosures(attached, List.of(), List.of());
  }
}
