package org.postroom.compose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentFiles;
import org.postroom.documents.StandingFiles;
import org.postroom.http.Problem;
import org.postroom.mail.Attachment;
import org.postroom.rules.Decisions.FurtherFile;
import org.springframework.stereotype.Component;

/** Files that are kept for mails: attached to a document's record, or standing ones. */
@Component
class KeptFiles {
  private final DocumentFiles documentFiles;
  private final StandingFiles standingFiles;

  KeptFiles(DocumentFiles documentFiles, StandingFiles standingFiles) {
    this.documentFiles = documentFiles;
    this.standingFiles = standingFiles;
  }

  /**
   * What was asked for, what goes along by itself, and what the rules add; each file once.
   *
   * @throws Problem 422 naming a file that is not there: nothing leaves without it
   */
  List<Attachment> of(String company, Enclosures asked, Subject subject, Locale language) {
    List<Attachment> files = new ArrayList<>();
    for (String name : ofRecord(company, asked, subject)) {
      Document document = subject.document().document();
      files.add(documentFiles.content(company, document.kind(), document.number(), name));
    }
    for (String id : standing(company, asked, subject, language))
      files.add(standingFiles.content(company, id));
    return files;
  }

  private Set<String> ofRecord(String company, Enclosures asked, Subject subject) {
    Set<String> names = new LinkedHashSet<>(asked.files());
    if (subject.stored() == null) {
      if (names.isEmpty()) return names;
      throw Problem.invalid(
          "/files", "no_document", "Files of a record go along only with its document.");
    }
    if (ruled(subject).stream().anyMatch(FurtherFile.OfRecord.class::isInstance)) {
      Document document = subject.document().document();
      documentFiles
          .of(company, document.kind(), document.number())
          .forEach(file -> names.add(file.name()));
    }
    return names;
  }

  private Set<String> standing(String company, Enclosures asked, Subject subject, Locale language) {
    Set<String> ids = new LinkedHashSet<>();
    if (asked.standing() != null) {
      ids.addAll(asked.standing());
    } else if (subject.stored() != null) {
      standingFiles
          .forKind(company, subject.document().document().kind(), language)
          .forEach(file -> ids.add(file.id()));
    }
    for (FurtherFile file : ruled(subject))
      if (file instanceof FurtherFile.Standing(String id)) ids.add(id);
    return ids;
  }

  private static List<FurtherFile> ruled(Subject subject) {
    var rule = subject.rules().attachments();
    return rule == null ? List.of() : rule.value();
  }
}
