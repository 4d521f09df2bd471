package org.postroom.reminders;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.http.Slice;
import org.postroom.partners.Partners;
import org.postroom.reminders.Stop.Kind;
import org.springframework.stereotype.Service;

/**
 * What people say holds reminders back. What waits in the outbox is looked at again before it
 * leaves, and so obeys as well.
 */
@Service
public class Stops {
  private static final int LONGEST_NOTE = 500;
  private final Database database;
  private final Documents documents;
  private final Partners partners;
  private final Audit audit;

  Stops(Database database, Documents documents, Partners partners, Audit audit) {
    this.database = database;
    this.documents = documents;
    this.partners = partners;
    this.audit = audit;
  }

  /**
   * Begins one.
   *
   * @throws Problem 422 with every field that is wrong; 403 without the right to send
   */
  public Stop add(Caller caller, Stop.New wanted) {
    caller.require(Right.SEND);
    Stop stop = checked(caller, wanted);
    database.run(sql -> {
      StopRows.insert(sql, caller.company(), stop);
      audit.record(caller, "reminders.stopped", stop.id(), null, words(stop));
    });
    return stop;
  }

  /** Ends one: reminders go on. 404 where there is none, or none any more. */
  public void end(Caller caller, String id) {
    caller.require(Right.SEND);
    database.run(sql -> {
      Stop stop =
          StopRows.find(sql, caller.company(), id)
              .orElseThrow(() -> Problem.notFound("The stop " + id));
      StopRows.end(sql, caller, id, sql.now());
      audit.record(caller, "reminders.resumed", id, words(stop), null);
    });
  }

  /** Those that were not ended, newest first. */
  public Slice<Stop> list(String company, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "stp");
    return database.read(
        sql -> Slice.of(StopRows.list(sql, company, limit, before), limit, Stop::id));
  }

  /** Those of one customer. */
  public List<Stop> of(String company, String partner) {
    return database.read(sql -> StopRows.of(sql, company, partner));
  }

  private Stop checked(Caller caller, Stop.New wanted) {
    List<FieldError> wrong = new ArrayList<>();
    String partner = partner(caller.company(), wanted, wrong);
    parts(wanted, wrong);
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return new Stop(
        Ids.next("stp"),
        wanted.kind(),
        partner,
        wanted.invoice(),
        wanted.step(),
        wanted.until(),
        Objects.requireNonNullElse(wanted.note(), "").strip(),
        caller.name(),
        database.now());
  }

  private String partner(String company, Stop.New wanted, List<FieldError> wrong) {
    String number = wanted.invoice();
    if (number == null) {
      String ref = wanted.partner();
      if (ref == null || partners.find(company, ref).isEmpty())
        wrong.add(error("/partner", "unknown_partner", "Name a customer, or an invoice."));
      return Objects.requireNonNullElse(ref, "");
    }
    Optional<StoredDocument> invoice = documents.find(company, DocumentKind.INVOICE, number);
    String ref = invoice.map(stored -> stored.document().partner()).orElse(null);
    if (invoice.isEmpty())
      wrong.add(error("/invoice", "unknown_document", "There is no invoice " + number + "."));
    else if (ref == null)
      wrong.add(error("/invoice", "no_partner", "This invoice names no customer."));
    else if (wanted.partner() != null && !wanted.partner().equals(ref))
      wrong.add(error("/partner", "contradiction", "The invoice is another customer's."));
    return Objects.requireNonNullElse(ref, "");
  }

  private static void parts(Stop.New wanted, List<FieldError> wrong) {
    boolean skip = wanted.kind() == Kind.SKIP;
    Integer step = wanted.step();
    if (skip && wanted.invoice() == null)
      wrong.add(error("/invoice", "required", "Say of which invoice the step is left out."));
    if (skip && (step == null || step < 1 || step > PlanJson.MOST_STEPS))
      wrong.add(error("/step", "required", "Say which step is left out, 1 to 5."));
    if (!skip && step != null)
      wrong.add(error("/step", "contradiction", "Only a single step that is left out has a step."));
    if (wanted.kind() == Kind.PROMISE && wanted.until() == null)
      wrong.add(error("/until", "required", "Say until when they promised to pay."));
    if (wanted.note() != null && wanted.note().length() > LONGEST_NOTE)
      wrong.add(error("/note", "too_long", "At most " + LONGEST_NOTE + " characters."));
  }

  private static FieldError error(String pointer, String code, String message) {
    return new FieldError(pointer, code, message);
  }

  private static String words(Stop stop) {
    String what =
        stop.invoice() == null ? "customer " + stop.partner() : "invoice " + stop.invoice();
    String step = stop.step() == null ? "" : ", step " + stop.step();
    String until = stop.until() == null ? "" : " until " + stop.until();
    return stop.kind().word() + ": " + what + step + until;
  }
}
