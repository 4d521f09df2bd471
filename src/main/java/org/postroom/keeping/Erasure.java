package org.postroom.keeping;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.keeping.ErasePerson.Done;
import org.postroom.keeping.ErasureList.Noted;
import org.postroom.mail.Address;
import org.springframework.stereotype.Service;

/**
 * Erasing on request what is kept about a person or a partner (GDPR, article 17): first what there
 * is, then all of it at once, with a certificate that names nobody. Business documents stay: the
 * law wants them kept.
 */
@Service
public class Erasure {
  private final Database database;
  private final ErasePerson person;
  private final ErasureList list;
  private final Audit audit;

  Erasure(Database database, ErasePerson person, ErasureList list, Audit audit) {
    this.database = database;
    this.person = person;
    this.list = list;
    this.audit = audit;
  }

  /** Whom it is about: an address, or everything of a partner. */
  public sealed interface Subject {
    record OfAddress(String address) implements Subject {}

    record OfPartner(String ref) implements Subject {}
  }

  /**
   * What there is.
   *
   * @param waiting ids of messages that have not left; they must be cancelled first
   * @param elsewhere rows that name an address in passing, such as in a timeline
   * @param kept rows of documents, templates and the like that name an address and stay
   */
  public record Plan(
      String kind,
      List<String> addresses,
      long messages,
      List<String> waiting,
      long caught,
      long drafts,
      List<String> partners,
      long elsewhere,
      long kept) {}

  /** What was done, without saying about whom. */
  public record Certificate(String id, Instant at, String by, String kind, List<String> lines) {}

  public static Subject subject(String kind, String value) {
    String text = value.strip();
    if (kind.equals("partner") && !text.isEmpty()) return new Subject.OfPartner(text);
    if (!kind.equals("address"))
      throw Problem.invalid("/kind", "unknown", "Say address or partner.");
    try {
      return new Subject.OfAddress(Address.parse(text).spec());
    } catch (IllegalArgumentException wrong) {
      throw Problem.invalid("/value", "invalid", "Enter an address such as anna@customer.example.");
    }
  }

  public Plan plan(Caller caller, Subject subject) {
    caller.require(Right.MANAGE_PEOPLE);
    return person.plan(caller.company(), subject);
  }

  /** Does it. 409 while something still waits to be sent to them, unless {@code cancelWaiting}. */
  public Certificate erase(Caller caller, Subject subject, boolean cancelWaiting) {
    caller.require(Right.MANAGE_PEOPLE);
    String company = caller.company();
    Plan plan = person.plan(company, subject);
    person.cancel(caller, plan, cancelWaiting);
    String id = Ids.next("era");
    // First on the list: after a crash it is erased again rather than forgotten to be erased.
    Noted noted = list.note(company, id, subject, plan.addresses());
    Done done = person.forget(company, subject, plan, id);
    List<String> lines = new ArrayList<>(words(done, plan.kept()));
    lines.add("Backups made before this moment still hold it until they are deleted.");
    lines.add(
        noted.onDisk()
            ? "It is on the list of erasures: after a restore it can be erased again at once."
            : "It could NOT be written into the list of erasures, "
                + list.path()
                + ": note it elsewhere, so that it is erased again after a restore.");
    return certify(caller, new Whom(plan.kind(), plan.addresses()), lines, noted.lines());
  }

  /**
   * What was erased before and is there again. Nothing is left of it where nobody was found.
   *
   * @param known the lines about that erasure
   * @param found whom they are about, as this database names them
   */
  Certificate again(Caller caller, List<ListedErasure> known, List<Subject> found) {
    String company = caller.company();
    ListedErasure first = known.getFirst();
    List<String> lines = new ArrayList<>();
    lines.add("Erased at " + first.at() + "; a restored backup from before did not know it.");
    if (found.isEmpty()) lines.add("Nothing of them was found in it.");
    List<String> addresses = new ArrayList<>();
    for (Subject subject : found) {
      if (person.isGone(company, subject)) continue;
      Plan plan = person.plan(company, subject);
      person.cancel(caller, plan, true);
      addresses.addAll(plan.addresses());
      lines.addAll(words(person.forget(company, subject, plan, first.erasure()), plan.kept()));
    }
    return certify(caller, new Whom(first.kind(), addresses), lines, known);
  }

  public List<Certificate> certificates(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    return database.read(sql -> ErasureRows.list(sql, caller.company()));
  }

  public Certificate certificate(Caller caller, String id) {
    caller.require(Right.MANAGE_PEOPLE);
    return database
        .read(sql -> ErasureRows.find(sql, caller.company(), id))
        .orElseThrow(() -> Problem.notFound("The certificate"));
  }

  private static List<String> words(Done done, long kept) {
    List<String> lines = new ArrayList<>();
    done.rows().forEach((what, rows) -> lines.add(rows + " " + what));
    lines.add(done.left() + " rows still name an address of theirs where it should not stand");
    lines.add(
        kept
            + " rows of documents and templates name it and were kept: business records by law, words for all customers by purpose");
    return lines;
  }

  private record Whom(String kind, List<String> addresses) {}

  private Certificate certify(
      Caller caller, Whom whom, List<String> words, List<ListedErasure> listed) {
    String id = listed.getFirst().erasure();
    List<String> lines = new ArrayList<>(words);
    lines.add(
        "Replies to programs that asked in the last 24 hours go by themselves within 24 hours.");
    return database.write(sql -> {
      var certificate = new Certificate(id, sql.now(), caller.name(), whom.kind(), lines);
      String hash = hash(caller.company(), whom.addresses());
      ErasureRows.keep(sql, caller.company(), certificate, hash, listed);
      audit.record(caller, "erasure.done", id, null, String.join("; ", lines));
      return certificate;
    });
  }

  /** Tells whether somebody was erased, to who knows whom to ask about; nothing the other way. */
  private static String hash(String company, List<String> addresses) {
    String text = company + "\n" + String.join("\n", addresses).toLowerCase(Locale.ROOT);
    return HexFormat.of()
        .formatHex(BackupWriter.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
