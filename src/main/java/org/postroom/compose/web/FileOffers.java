package org.postroom.compose.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageDraft;
import org.postroom.documents.DocumentFile;
import org.postroom.documents.DocumentFiles;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StandingFile;
import org.postroom.documents.StandingFiles;
import org.postroom.outbox.Message.DocumentRef;
import org.springframework.stereotype.Component;

/** Files that are kept here and may go along: of the document's record, and standing ones. */
@Component
class FileOffers {
  private final DocumentFiles documentFiles;
  private final StandingFiles standingFiles;

  FileOffers(DocumentFiles documentFiles, StandingFiles standingFiles) {
    this.documentFiles = documentFiles;
    this.standingFiles = standingFiles;
  }

  record Offer(String value, String name, String size, boolean chosen) {}

  List<Offer> ofRecord(MessageDraft draft) {
    DocumentRef ref = draft.document();
    if (ref == null) return List.of();
    List<DocumentFile> files =
        DocumentKind.of(ref.kind())
            .map(kind -> documentFiles.of(draft.company(), kind, ref.number()))
            .orElse(List.of());
    return files.stream()
        .map(file ->
            new Offer(
                file.name(),
                file.name(),
                Check.size(file.size()),
                draft.typed().kept().contains(file.name())))
        .toList();
  }

  /** Until somebody chooses, those are chosen that go along by themselves. */
  List<Offer> standing(MessageDraft draft, @Nullable Composition composition) {
    return standingFiles.list(draft.company()).stream()
        .map(file ->
            new Offer(
                file.id(), file.name(), Check.size(file.size()), chosen(draft, file, composition)))
        .toList();
  }

  private static boolean chosen(
      MessageDraft draft, StandingFile file, @Nullable Composition composition) {
    List<String> chosen = draft.typed().standing();
    if (chosen != null) return chosen.contains(file.id());
    return composition != null
        && composition.attachments().stream()
            .anyMatch(attached -> attached.filename().equals(file.name()));
  }
}
