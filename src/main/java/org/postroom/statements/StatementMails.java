package org.postroom.statements;

import java.util.List;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.Composer;
import org.postroom.compose.MessageRequest;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import org.postroom.receivables.Receivables;
import org.postroom.receivables.StatementScope;
import org.springframework.stereotype.Service;

/** One customer's statement, kept as a document and sent like any other. */
@Service
public class StatementMails {
  private final Access access;
  private final Receivables receivables;
  private final Documents documents;
  private final Composer composer;

  StatementMails(Access access, Receivables receivables, Documents documents, Composer composer) {
    this.access = access;
    this.receivables = receivables;
    this.documents = documents;
    this.composer = composer;
  }

  /**
   * Keeps the statement as a document; the same day's again replaces it.
   *
   * @return what names it
   */
  public DocumentRef keep(Caller caller, String partner, StatementScope scope) {
    caller.require(Right.WRITE_DOCUMENTS);
    Document document =
        receivables
            .statement(caller.company(), partner, scope)
            .document(access.company(caller.company()));
    documents.make(caller, List.of(document));
    return new DocumentRef(DocumentKind.STATEMENT.word(), document.number());
  }

  /** Keeps and sends it to whom the recipient order says. */
  public Message send(Caller caller, String partner, StatementScope scope) {
    caller.require(Right.SEND);
    return composer.send(
        caller, MessageRequest.of(keep(caller, partner, scope), Purpose.STATEMENT));
  }
}
