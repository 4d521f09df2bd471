package org.postroom.keeping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.keeping.ErasureRows.Found;
import org.postroom.mail.Address;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerPrivacy;
import org.postroom.partners.Partners;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Service;

/**
 * Erasing on request what is kept about a person or a partner (GDPR, article 17): first what there
 * is, then all of it at once, with a certificate that names nobody. Business documents stay: the
 * law wants them kept.
 */
@Service
public class Erasure {
  private static final int AT_ONCE = 50;
  private final Database database;
  private final Outbox outbox;
  private final Partners partners;
  private final PartnerPrivacy privacy;
  private final Suppressions suppressions;
  private final Audit audit;

  Erasure(
      Database database,
      Outbox outbox,
      Partners partners,
      PartnerPrivacy privacy,
      Suppressions suppressions,
      Audit audit) {
    this.suppressions = suppressions;
    this.database = database;
    this.outbox = outbox;
    this.partners = partners;
    this.privacy = privacy;
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
    return plan(caller.company(), subject, traces());
  }

  /** Does it. 409 while something still waits to be sent to them, unless {@code cancelWaiting}. */
  public Certificate erase(Caller caller, Subject subject, boolean cancelWaiting) {
    caller.require(Right.MANAGE_PEOPLE);
    Traces traces = traces();
    String company = caller.company();
    Plan plan = plan(company, subject, traces);
    cancel(caller, plan, cancelWaiting);
    String id = Ids.next("era");
    String marker = "erased-" + id.substring(id.length() - 12) + "@erased.invalid";
    Map<String, Long> done = new LinkedHashMap<>();
    messages(company, subject, id, marker, done);
    for (String address : plan.addresses()) address(company, address, marker, traces, done);
    if (subject instanceof Subject.OfPartner partner) {
      privacy.remove(company, partner.ref());
      done.put("partner's own record removed", 1L);
    }
    long left =
        plan.addresses().stream().mapToLong(each -> traces.count(company, each, false)).sum();
    return certify(caller, plan, id, done, left);
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

  private Plan plan(String company, Subject subject, Traces traces) {
    List<String> addresses = addresses(company, subject);
    List<Found> messages = messages(company, subject);
    List<String> naming = new ArrayList<>();
    long caught = 0;
    long drafts = 0;
    long elsewhere = 0;
    long kept = 0;
    for (String address : addresses) {
      naming.addAll(privacy.naming(company, address));
      caught += database.<Integer>read(sql -> ErasureRows.caught(sql, company, address, false));
      drafts += database.<Integer>read(sql -> ErasureRows.drafts(sql, company, address, false));
      elsewhere += traces.count(company, address, false);
      kept += traces.count(company, address, true);
    }
    return new Plan(
        subject instanceof Subject.OfPartner ? "partner" : "address",
        addresses,
        messages.size(),
        messages.stream().filter(Found::waits).map(Found::id).toList(),
        caught,
        drafts,
        naming.stream().distinct().toList(),
        elsewhere,
        kept);
  }

  private List<String> addresses(String company, Subject subject) {
    return switch (subject) {
      case Subject.OfAddress one -> List.of(one.address());
      case Subject.OfPartner one -> {
        Partner partner =
            partners
                .find(company, one.ref())
                .orElseThrow(() -> Problem.notFound("The partner of that ref"));
        // An address that another partner has too is a matter between us and that one.
        yield privacy.addressesOf(partner).stream()
            .filter(address -> privacy.naming(company, address).equals(List.of(one.ref())))
            .toList();
      }
    };
  }

  private List<Found> messages(String company, Subject subject) {
    return database.read(sql ->
        switch (subject) {
          case Subject.OfAddress one -> ErasureRows.to(sql, company, one.address());
          case Subject.OfPartner one -> {
            Map<String, Found> all = new LinkedHashMap<>();
            ErasureRows.about(sql, company, one.ref()).forEach(each -> all.put(each.id(), each));
            for (String address : addresses(company, subject))
              ErasureRows.to(sql, company, address).forEach(each -> all.put(each.id(), each));
            yield List.copyOf(all.values());
          }
        });
  }

  private void cancel(Caller caller, Plan plan, boolean cancelWaiting) {
    if (plan.waiting().isEmpty()) return;
    if (!cancelWaiting)
      throw Problem.conflict(
          "waiting",
          plan.waiting().size()
              + (plan.waiting().size() == 1 ? " message waits" : " messages wait")
              + " to be sent to them. Cancel first, or let erasing cancel.");
    for (String id : plan.waiting()) outbox.cancel(caller, id);
  }

  private void messages(
      String company, Subject subject, String id, String marker, Map<String, Long> done) {
    List<String> ids = messages(company, subject).stream().map(Found::id).toList();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      database.run(sql -> {
        ErasureRows.emptyMessages(
            sql, company, some, "The content was erased on request (" + id + ").");
        if (subject instanceof Subject.OfPartner)
          ErasureRows.forgetRecipients(sql, company, some, marker);
      });
    }
    done.put("messages emptied: subject, text, attachments, downloads", (long) ids.size());
  }

  private void address(
      String company, String address, String marker, Traces traces, Map<String, Long> done) {
    database.run(sql -> ErasureRows.forgetRecipient(sql, company, address, marker));
    add(done, "partners from which the address was taken", privacy.forget(company, address));
    add(
        done,
        "caught mails removed",
        database.<Integer>write(sql -> ErasureRows.caught(sql, company, address, true)));
    add(
        done,
        "drafts removed",
        database.<Integer>write(sql -> ErasureRows.drafts(sql, company, address, true)));
    database.run(sql -> ErasureRows.forgetImports(sql, company));
    add(
        done,
        "blocked addresses of which only a hash is left",
        suppressions.erase(company, address) ? 1 : 0);
    add(
        done,
        "further rows in which the address was replaced",
        traces.replace(company, address, marker));
  }

  private static void add(Map<String, Long> done, String what, long rows) {
    done.merge(what, rows, Long::sum);
  }

  private Certificate certify(
      Caller caller, Plan plan, String id, Map<String, Long> done, long left) {
    List<String> lines = new ArrayList<>();
    done.forEach((what, rows) -> lines.add(rows + " " + what));
    lines.add(left + " rows still name an address of theirs where it should not stand");
    lines.add(
        plan.kept()
            + " rows of documents and templates name it and were kept: business records by law, words for all customers by purpose");
    lines.add("Backups made before this moment still hold it until they are deleted.");
    lines.add(
        "Replies to programs that asked in the last 24 hours go by themselves within 24 hours.");
    return database.write(sql -> {
      var certificate = new Certificate(id, sql.now(), caller.name(), plan.kind(), lines);
      ErasureRows.keep(
          sql, caller.company(), certificate, hash(caller.company(), plan.addresses()));
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

  private Traces traces() {
    try {
      return Traces.in(database);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
