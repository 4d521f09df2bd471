package org.postroom.compose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.access.Company;
import org.postroom.compose.Enclosures.Further;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.FinishedPdf;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;
import org.postroom.documents.Pdfs;
import org.postroom.documents.Printing;
import org.postroom.documents.RelatedDocuments;
import org.postroom.documents.Rendered;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.rules.Decisions.FurtherFile;
import org.springframework.stereotype.Component;

/** Puts into the envelope what goes along: the document, further documents, files. */
@Component
class Enclosing {
  private final Pdfs pdfs;
  private final RelatedDocuments related;
  private final Layouts layouts;
  private final Subjects subjects;

  private final KeptFiles kept;

  Enclosing(
      Pdfs pdfs, RelatedDocuments related, Layouts layouts, Subjects subjects, KeptFiles kept) {
    this.kept = kept;
    this.pdfs = pdfs;
    this.related = related;
    this.layouts = layouts;
    this.subjects = subjects;
  }

  Papers papers(Company company, MessageRequest request, Subject subject, Locale language) {
    Papers papers = own(company, request, subject, language);
    Set<DocumentRef> further = new LinkedHashSet<>();
    List<Attachment> files = new ArrayList<>();
    for (Further also : further(company, request, subject)) {
      if (also.document().equals(request.document()) || !further.add(also.document())) continue;
      files.add(further(company, also, language));
    }
    files.addAll(kept.of(company.id(), request.enclosures(), subject, language));
    files.addAll(request.enclosures().attached());
    return papers.plus(files, List.copyOf(further));
  }

  /** The document itself. */
  private Papers own(Company company, MessageRequest request, Subject subject, Locale language) {
    StoredDocument stored = subject.stored();
    if (stored == null) {
      boolean nothing = request.enclosures().attached().isEmpty();
      String reason = nothing ? "No document" : "Files given in the request";
      return new Papers(List.of(), null, reason, List.of(), List.of());
    }
    Pick pick = subject.layout(request.layout());
    Rendered rendered = print(company, stored, subject, pick, language);
    return new Papers(
        List.of(pdf(rendered)),
        rendered.layout(),
        reason(company, rendered, pick),
        rendered.warnings(),
        List.of());
  }

  /** What was asked for, then what the rules add. */
  private List<Further> further(Company company, MessageRequest request, Subject subject) {
    List<Further> all = new ArrayList<>(request.enclosures().documents());
    var rule = subject.rules().attachments();
    StoredDocument stored = subject.stored();
    if (rule == null || stored == null) return all;
    for (FurtherFile file : rule.value()) {
      if (!(file instanceof FurtherFile.Related(String kind))) continue;
      DocumentKind wanted = DocumentKind.of(kind).orElse(null);
      if (wanted == null) continue;
      related
          .of(company.id(), stored, wanted)
          .forEach(other -> all.add(new Further(ref(other.document()), null)));
    }
    return all;
  }

  private Attachment further(Company company, Further also, Locale language) {
    Subject subject = subjects.about(company, also.document(), null, "/documents");
    Pick pick = subject.layout(also.layout());
    return pdf(print(company, subject.document(), subject, pick, language));
  }

  /** What must not be sent is refused here. */
  private Rendered print(
      Company company, StoredDocument stored, Subject subject, Pick pick, Locale language) {
    try {
      return pdfs.of(Printing.of(stored, company, subject.partner(), language, pick.id()))
          .sendable();
    } catch (Problem problem) {
      // Who chose it says where it must be put right.
      if (pick.id() == null || problem.errorAt("/layout") == null) throw problem;
      throw Problem.invalid(
          "/layout", "unknown_layout", pick.reason() + ": " + problem.errorAt("/layout"));
    }
  }

  private String reason(Company company, Rendered rendered, Pick pick) {
    if (rendered.layout().equals(FinishedPdf.LAYOUT)) return "The PDF came with the document";
    if (pick.id() == null) return "Built-in layout";
    String name = layouts.find(company.id(), pick.id()).map(Layout::name).orElse(pick.id());
    return "“" + name + "”: " + pick.reason();
  }

  private static Attachment pdf(Rendered rendered) {
    return new Attachment(rendered.filename(), "application/pdf", rendered.pdf());
  }

  private static DocumentRef ref(Document document) {
    return new DocumentRef(document.kind().word(), document.number());
  }
}
