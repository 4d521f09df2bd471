package org.postroom.statements;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.compose.Composer;
import org.postroom.compose.MessageRequest;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.receivables.Receivables;
import org.postroom.receivables.Statement;
import org.postroom.statements.StatementRun.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Some customers of a run: their statements are kept as documents, composed, and accepted in one
 * commit with the marks in the run, so that each customer is written to exactly once, whatever is
 * killed in between. What was decided at planning is decided again.
 */
@Component
class SendStatements {
  /** Composing this many takes seconds at most; the lease is far longer. */
  private static final int AT_ONCE = 20;

  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Logger LOG = LoggerFactory.getLogger(SendStatements.class);
  private final Database database;
  private final Receivables receivables;
  private final Verdicts verdicts;
  private final Sending sending;

  SendStatements(Database database, Receivables receivables, Verdicts verdicts, Sending sending) {
    this.database = database;
    this.receivables = receivables;
    this.verdicts = verdicts;
    this.sending = sending;
  }

  /** What a statement needs on its way to the outbox. */
  @Component
  record Sending(Access access, Partners partners, Documents documents, Composer composer) {}

  /** Customers of one run that are now in our hands. */
  record Taken(StatementRun run, List<String> partners) {}

  /** Of the oldest run that has any; a run without is done. */
  List<Taken> take(Node node) {
    for (StatementRun run : database.read(RunRows::running)) {
      List<String> taken =
          database.write(sql -> {
            Instant now = sql.now();
            List<String> refs = LineRows.take(sql, run, AT_ONCE, node, now, now.plus(LEASE));
            if (refs.isEmpty() && !LineRows.anyWaiting(sql, run))
              RunRows.move(sql, run, State.RUNNING, State.DONE, now);
            return refs;
          });
      if (!taken.isEmpty()) return List.of(new Taken(run, taken));
    }
    return List.of();
  }

  void send(Taken taken) {
    List<Made> made = make(taken);
    try {
      database.run(sql -> keep(sql, taken.run(), made));
    } catch (EndedElsewhere somebodyWasFaster) {
      for (Made one : made) keepAlone(taken.run(), one);
    }
  }

  private List<Made> make(Taken taken) {
    StatementRun run = taken.run();
    List<Made> made = new ArrayList<>();
    List<Partner> customers = new ArrayList<>();
    for (String ref : taken.partners())
      sending
          .partners()
          .find(run.company(), ref)
          .ifPresentOrElse(
              customers::add, () -> made.add(Made.skipped(ref, "", Verdicts.unknown())));
    List<Statement> wanted = new ArrayList<>();
    for (Statement statement :
        receivables.statements(run.company(), customers, run.request().scope())) {
      Verdict verdict = verdicts.of(run, statement);
      String ref = statement.partner().ref();
      if (verdict == null) wanted.add(statement);
      else made.add(Made.skipped(ref, statement.balances(), verdict));
    }
    keepDocuments(run, wanted, made);
    return made;
  }

  private void keepDocuments(StatementRun run, List<Statement> statements, List<Made> made) {
    Company company = sending.access().company(run.company());
    Caller caller = caller(run);
    List<Document> documents = new ArrayList<>();
    List<Statement> kept = new ArrayList<>();
    for (Statement statement : statements) {
      try {
        documents.add(statement.document(company));
        kept.add(statement);
      } catch (Problem tooLarge) {
        made.add(unmade(statement, tooLarge));
      }
    }
    sending.documents().make(caller, documents);
    for (int i = 0; i < kept.size(); i++)
      made.add(compose(caller, kept.get(i), documents.get(i).number()));
  }

  private Made compose(Caller caller, Statement statement, String number) {
    String ref = statement.partner().ref();
    var document = new DocumentRef(DocumentKind.STATEMENT.word(), number);
    try {
      var request = MessageRequest.of(document, Purpose.STATEMENT);
      return Made.mail(
          ref, statement.balances(), number, sending.composer().compose(caller, request));
    } catch (Problem problem) {
      return unmade(statement, problem);
    } catch (RuntimeException ours) {
      LOG.error("The statement {} could not be made", number, ours);
      return Made.failed(ref, statement.balances(), "failed", "It could not be made: " + ours);
    }
  }

  private static Made unmade(Statement statement, Problem problem) {
    String code =
        problem.errors().size() == 1 ? problem.errors().getFirst().code() : problem.code();
    String ref = statement.partner().ref();
    // A rule that stops a statement, or a blocked address, is the company's wish, not a failure.
    if (code.equals(Composer.DO_NOT_SEND) || code.equals(Composer.BLOCKED))
      return Made.skipped(ref, statement.balances(), new Verdict(code, problem.detail()));
    return Made.failed(ref, statement.balances(), code, problem.detail());
  }

  private void keep(Sql sql, StatementRun run, List<Made> made) {
    if (!RunRows.isRunning(sql, run)) return;
    for (Made one : made) keep(sql, run, one);
  }

  private void keep(Sql sql, StatementRun run, Made made) {
    String message = null;
    if (made.composition() != null) {
      var origin =
          new Message.Origin(
              "run",
              run.id(),
              "the statement run of " + run.request().scope().asOf() + ", " + run.startedBy());
      message = sending.composer().store(made.composition(), origin, true).id();
    }
    // Somebody else ended it: the exception undoes the messages just stored.
    if (!LineRows.end(sql, run, made, message)) throw new EndedElsewhere();
  }

  private void keepAlone(StatementRun run, Made made) {
    try {
      database.run(sql -> keep(sql, run, List.of(made)));
    } catch (EndedElsewhere fine) {
      LOG.debug("{} was handled elsewhere", made.partner());
    }
  }

  private static Caller caller(StatementRun run) {
    return new Caller(
        run.company(),
        Caller.Kind.POSTROOM,
        "postroom",
        "Postroom",
        null,
        Set.of(Right.values()),
        run.test());
  }

  /** Another node was faster; nothing is wrong. */
  private static final class EndedElsewhere extends RuntimeException {
    EndedElsewhere() {
      super("ended elsewhere", null, false, false);
    }
  }
}
