package org.postroom.bounces;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.bounces.Bounce.Outcome;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.outbox.Message;
import org.postroom.outbox.Returns;
import org.postroom.outbox.Returns.Found;
import org.postroom.outbox.Returns.Heard;
import org.postroom.outbox.Returns.News;
import org.postroom.outbox.Returns.Report;
import org.springframework.stereotype.Service;

/**
 * Mail that came back: read, matched to the message it is about, and kept. A report that fits no
 * message is kept as well and changes nothing; mail that is no report is not kept at all.
 */
@Service
public class Bounces {
  /** Nobody writes to more people at once; a report that names more names others. */
  private static final int MOST_RECIPIENTS = 200;

  private final Database database;
  private final Returns returns;
  private final Consequences consequences;
  private final Meters meters;

  Bounces(Database database, Returns returns, Consequences consequences, Meters meters) {
    this.database = database;
    this.returns = returns;
    this.consequences = consequences;
    this.meters = meters;
  }

  /**
   * Takes one mail. The same report again says nothing new. All of it is one commit: the message's
   * recipients, its timeline, the block of an address and the report itself.
   */
  public Taken take(Arrived arrived) {
    Returned returned = ReturnedMail.read(arrived.mime());
    if (returned.kind() == Kind.NOT_A_REPORT) return new Taken(Kind.NOT_A_REPORT, List.of());
    Optional<Found> found = returns.find(trace(arrived, returned));
    // A machine's answer to what we did not send is somebody's private mail.
    if (returned.kind() == Kind.AUTOMATIC_REPLY && found.isEmpty())
      return new Taken(Kind.AUTOMATIC_REPLY, List.of());
    var one = new One(arrived, returned, found.orElse(null), ReportName.of(arrived.mime()));
    List<Bounce> bounces = database.write(sql -> keep(sql, one));
    meters.count(returned.kind(), found.isPresent());
    return new Taken(returned.kind(), bounces);
  }

  /** What came back about a message the caller may see, the newest first, at most 50. */
  public List<Bounce> about(Message message) {
    return database.read(sql ->
        BounceRows.list(sql, message.company(), BounceFilter.ALL.message(message.id()), 50, null));
  }

  /** The newest first; for those who see all mail. */
  public Slice<Bounce> list(
      Caller caller, BounceFilter filter, int limit, @Nullable String cursor) {
    caller.require(Right.SEE_ALL_MAIL);
    String before = Slice.cursor(cursor, "bnc");
    return database.read(sql ->
        Slice.of(
            BounceRows.list(sql, caller.company(), filter, limit + 1, before), limit, Bounce::id));
  }

  public Bounce get(Caller caller, String id) {
    caller.require(Right.SEE_ALL_MAIL);
    return database
        .read(sql -> BounceRows.find(sql, caller.company(), id))
        .orElseThrow(() -> Problem.notFound("The report " + id));
  }

  /** One report on its way into the books. */
  private record One(Arrived arrived, Returned returned, @Nullable Found found, ReportName name) {
    String company() {
      return arrived.company();
    }

    Message message() {
      return Objects.requireNonNull(found).message();
    }
  }

  private static Returns.Trace trace(Arrived arrived, Returned returned) {
    boolean tellsWho =
        returned.kind() == Kind.BOUNCE
            || returned.kind() == Kind.DELAYED
            || returned.kind() == Kind.DELIVERED;
    List<String> addresses =
        tellsWho
            ? returned.recipients().stream()
                .map(OfRecipient::address)
                .filter(Objects::nonNull)
                .limit(MOST_RECIPIENTS)
                .toList()
            : List.of();
    return new Returns.Trace(
        arrived.company(),
        returned.messageId(),
        returned.envelopeId(),
        arrived.account(),
        addresses,
        arrived.at());
  }

  private List<Bounce> keep(Sql sql, One one) {
    List<Bounce> kept = new ArrayList<>();
    for (OfRecipient of : recipients(one.returned())) kept.add(keep(sql, one, of));
    return kept;
  }

  private static List<OfRecipient> recipients(Returned returned) {
    if (!returned.recipients().isEmpty())
      return returned.recipients().stream().limit(MOST_RECIPIENTS).toList();
    Reason reason = returned.kind() == Kind.AUTOMATIC_REPLY ? Reason.DELIVERED : Reason.UNDEFINED;
    return List.of(new OfRecipient(null, Returned.Action.DELIVERED, null, null, "", reason, false));
  }

  private Bounce keep(Sql sql, One one, OfRecipient of) {
    String address = of.address() == null ? "" : of.address();
    Optional<Bounce> known = BounceRows.known(sql, one.company(), one.name().key(), address);
    if (known.isPresent() && (known.get().matched() || one.found() == null)) return known.get();
    News news = news(one.returned().kind(), of.action());
    Heard heard = one.found() == null ? null : tell(one, of, news);
    Bounce bounce = bounce(one, of, address, outcome(heard, news), sql.now());
    if (known.isPresent()) BounceRows.matched(sql, known.get(), bounce);
    else BounceRows.insert(sql, bounce, one.name().key(), address);
    if (heard != null) consequences.of(news, of, bounce, heard, one.message());
    return bounce;
  }

  private Heard tell(One one, OfRecipient of, News news) {
    return returns.report(
        new Report(
            one.company(),
            one.message().id(),
            one.name().key(),
            of.address(),
            news,
            Words.of(one.returned().kind(), news, of, one.name().from()),
            Words.reply(of)));
  }

  private static News news(Kind kind, Returned.Action action) {
    return switch (kind) {
      case COMPLAINT -> News.COMPLAINED;
      case AUTOMATIC_REPLY -> News.ANSWERED;
      default ->
          switch (action) {
            case FAILED -> News.BOUNCED;
            case DELAYED -> News.HELD_UP;
            case DELIVERED -> News.DELIVERED;
            case RELAYED, EXPANDED -> News.PASSED_ON;
          };
    };
  }

  private static Outcome outcome(@Nullable Heard heard, News news) {
    if (heard == null) return Outcome.NOT_MATCHED;
    return switch (heard.effect()) {
      case NOBODY -> Outcome.NOT_A_RECIPIENT;
      case NOTHING -> Outcome.NOTHING_NEW;
      case NOTED -> Outcome.NOTED;
      case CHANGED ->
          switch (news) {
            case BOUNCED -> Outcome.BOUNCED;
            case DELIVERED -> Outcome.DELIVERED;
            case COMPLAINED -> Outcome.COMPLAINED;
            default -> Outcome.NOTED;
          };
    };
  }

  private static Bounce bounce(
      One one, OfRecipient of, String address, Outcome outcome, Instant now) {
    Found found = one.found();
    Instant came = one.arrived().at();
    return new Bounce(
        one.company(),
        Ids.next("bnc"),
        one.returned().kind(),
        address,
        of.reason(),
        of.hard(),
        of.status(),
        of.replyCode(),
        of.diagnostic(),
        found == null ? null : found.message().id(),
        found == null ? null : found.by().word(),
        outcome,
        one.arrived().source(),
        one.arrived().account(),
        came.isAfter(now) ? now : came);
  }
}
