package org.postroom.keeping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.keeping.Erasure.Plan;
import org.postroom.keeping.Erasure.Subject;
import org.postroom.keeping.ErasureRows.Found;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerPrivacy;
import org.postroom.partners.Partners;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Component;

/** Finds what there is of a person or a partner, and takes it away. */
@Component
class ErasePerson {
  private static final int AT_ONCE = 50;
  private final Database database;
  private final Outbox outbox;
  private final Partners partners;
  private final PartnerPrivacy privacy;
  private final Suppressions suppressions;

  ErasePerson(
      Database database,
      Outbox outbox,
      Partners partners,
      PartnerPrivacy privacy,
      Suppressions suppressions) {
    this.database = database;
    this.outbox = outbox;
    this.partners = partners;
    this.privacy = privacy;
    this.suppressions = suppressions;
  }

  /**
   * What was done.
   *
   * @param rows how many, by what
   * @param left rows that still name an address where none should stand
   */
  record Done(Map<String, Long> rows, long left) {}

  /** A partner without a record; whether an address is anywhere only a plan tells. */
  boolean isGone(String company, Subject subject) {
    return subject instanceof Subject.OfPartner(String ref)
        && partners.find(company, ref).isEmpty();
  }

  Plan plan(String company, Subject subject) {
    return plan(company, subject, traces());
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

  /** 409 while something still waits to be sent to them, unless {@code cancelWaiting}. */
  void cancel(Caller caller, Plan plan, boolean cancelWaiting) {
    if (plan.waiting().isEmpty()) return;
    if (!cancelWaiting)
      throw Problem.conflict(
          "waiting",
          plan.waiting().size()
              + (plan.waiting().size() == 1 ? " message waits" : " messages wait")
              + " to be sent to them. Cancel first, or let erasing cancel.");
    for (String id : plan.waiting()) outbox.cancel(caller, id);
  }

  /** Everything but what was told to wait; the certificate's id marks what is left of it. */
  Done forget(String company, Subject subject, Plan plan, String id) {
    Traces traces = traces();
    String marker = "erased-" + id.substring(id.length() - 12) + "@erased.invalid";
    Map<String, Long> done = new LinkedHashMap<>();
    messages(company, subject, id, marker, done);
    for (String address : plan.addresses()) address(company, address, marker, traces, done);
    if (subject instanceof Subject.OfPartner(String ref)) {
      privacy.remove(company, ref);
      add(done, "partner's own record removed", 1);
    }
    long left =
        plan.addresses().stream().mapToLong(each -> traces.count(company, each, false)).sum();
    return new Done(done, left);
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
    add(done, "messages emptied: subject, text, attachments, downloads", ids.size());
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

  Traces traces() {
    try {
      return Traces.in(database);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
