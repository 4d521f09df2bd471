package org.postroom.compose;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Message.DocumentRef;

/**
 * What goes along.
 *
 * @param layout of the document's PDF, null without document
 * @param reason why that layout
 * @param warnings what a person should look at before sending
 * @param further documents that go along beside the document itself
 */
record Papers(
    List<Attachment> attachments,
    @Nullable String layout,
    String reason,
    List<String> warnings,
    List<DocumentRef> further) {
  Papers {
    warnings = List.copyOf(warnings);
    attachments = List.copyOf(attachments);
    further = List.copyOf(further);
  }

  /** The same with these files alone. */
  Papers only(List<Attachment> files) {
    return new Papers(files, layout, reason, warnings, further);
  }

  /** With these files at the end. */
  Papers plus(List<Attachment> files, List<DocumentRef> documents) {
    List<Attachment> all = new ArrayList<>(attachments);
    all.addAll(files);
    List<DocumentRef> refs = new ArrayList<>(further);
    refs.addAll(documents);
    return new Papers(all, layout, reason, warnings, refs);
  }
}
