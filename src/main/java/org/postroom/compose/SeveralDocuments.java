package org.postroom.compose;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.DocumentModel;
import org.postroom.documents.Layouts;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.templates.Content;
import org.postroom.templates.Templates;
import org.postroom.templates.Wish;
import org.springframework.stereotype.Component;

/** The words of a mail that carries several documents and is about none of them alone. */
@Component
class SeveralDocuments {
  private static final String PURPOSE = "documents";
  private static final int IN_SUBJECT = 3;
  private final Access access;
  private final Subjects subjects;
  private final Templates templates;

  SeveralDocuments(Access access, Subjects subjects, Templates templates) {
    this.access = access;
    this.subjects = subjects;
    this.templates = templates;
  }

  /**
   * @param first the message as it would go with its document alone
   */
  Content words(MessageRequest request, Composition first, List<DocumentRef> documents) {
    Company company = access.company(first.account().company());
    Subject subject = subjects.of(company, request);
    Locale language = subject.language(company);
    Map<String, Object> model =
        DocumentModel.of(company, subject.stored(), subject.partner(), language);
    model.remove("document");
    String name = first.from().name() == null ? company.name() : first.from().name();
    model.put("sender", Map.of("name", name, "email", first.from().spec()));
    List<String> names = documents.stream().map(document -> name(document, language)).toList();
    model.put("documents", names);
    model.put("shown", names.stream().limit(IN_SUBJECT).toList());
    int more = names.size() - IN_SUBJECT;
    if (more > 0) model.put("more", String.valueOf(more));
    return templates.render(new Wish(company.id(), PURPOSE, null, null, language, model));
  }

  private static String name(DocumentRef document, Locale language) {
    String kind =
        DocumentKind.of(document.kind())
            .map(known -> Layouts.kindLabel(known, language))
            .orElse(document.kind());
    return kind + " " + document.number();
  }
}
