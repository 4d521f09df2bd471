package org.postroom.delivery;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postroom.db.Database;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.RecipientState;
import org.postroom.transport.LocalMailbox;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Submission;
import org.springframework.stereotype.Component;

/** Where mail goes that may not go where it is written to. */
@Component
class TestRoad {
  static final String EVENT = "message.test_mode";
  static final String CAUGHT = "Test mode: nothing left. It is kept under Caught mail.";
  private static final int MOST_NAMED = 10;
  private final Database database;
  private final LocalMailbox mailbox;
  private final Claims claims;

  TestRoad(Database database, LocalMailbox mailbox, Claims claims) {
    this.database = database;
    this.mailbox = mailbox;
    this.claims = claims;
  }

  /**
   * Keeps the message here for some recipients, and writes down that they are served, in one
   * commit. What is left to do; empty where the claim is lost.
   */
  Optional<Claim> keep(Claim claim, byte[] content, List<Address> recipients) {
    var kept = new Submission(claim.envelope().to(recipients), content);
    return database.write(sql -> {
      String id = mailbox.keep(claim.company(), claim.account(), kept);
      Map<String, String> replies = new LinkedHashMap<>();
      recipients.forEach(
          one -> replies.put(one.spec(), "Test mode: kept under Caught mail as " + id + "."));
      Optional<Claim> left =
          claims.settleSome(
              claim,
              RecipientState.ACCEPTED,
              replies,
              EVENT,
              "Test mode: nothing left for "
                  + names(recipients)
                  + ". It is kept under Caught mail.");
      if (left.isEmpty()) throw new ClaimLost();
      return left;
    });
  }

  /** Undoes what was kept. */
  static final class ClaimLost extends RuntimeException {
    ClaimLost() {
      super("The claim was lost.", null, false, false);
    }
  }

  /** The same mail to one address: behind some lines before it, byte for byte as it was. */
  static Submission redirected(Submission submission, Address to) {
    var lines = new StringBuilder("X-Postroom-Test-Mode: redirect\r\n");
    for (Address original : submission.envelope().recipients())
      lines.append("X-Original-To: ").append(written(original)).append("\r\n");
    var out = new ByteArrayOutputStream(submission.content().length + lines.length());
    out.writeBytes(lines.toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(submission.content());
    return new Submission(
        new Envelope(submission.envelope().sender(), List.of(to)), out.toByteArray());
  }

  static String sentElsewhere(Claim claim, Address to) {
    return "Test mode: sent to "
        + to.spec()
        + " instead of "
        + names(claim.envelope().recipients())
        + ".";
  }

  /**
   * What the other address's server said is said of everybody; nothing it refused is an original
   * recipient's doing.
   */
  static Outcome saidOfAll(Outcome outcome, Address to) {
    return switch (outcome) {
      case Outcome.Accepted accepted -> new Outcome.Accepted(instead(accepted.reply(), to));
      case Outcome.Deferred deferred -> new Outcome.Deferred(deferred.failure());
      case Outcome.Rejected rejected -> new Outcome.Rejected(rejected.failure());
      case Outcome.Unclear unclear -> new Outcome.Unclear(unclear.failure());
    };
  }

  /** The reply of our own mailbox, saying why it is ours. */
  static Outcome caught(Outcome outcome) {
    if (!(outcome instanceof Outcome.Accepted(Reply reply, var refused))) return outcome;
    return new Outcome.Accepted(
        new Reply(reply.code(), reply.enhanced(), "Test mode: " + reply.text()), refused);
  }

  private static Reply instead(Reply reply, Address to) {
    String text = "Test mode: sent to " + to.spec() + " instead. " + reply.text();
    return new Reply(reply.code(), reply.enhanced(), text);
  }

  private static String names(List<Address> recipients) {
    String some =
        recipients.stream().limit(MOST_NAMED).map(Address::spec).collect(Collectors.joining(", "));
    int more = recipients.size() - MOST_NAMED;
    return more > 0 ? some + " and " + more + " more" : some;
  }

  /** A header is ASCII; what is not is written as encoded words (RFC 2047). */
  private static String written(Address address) {
    try {
      return address.needsSmtpUtf8()
          ? MimeUtility.encodeText(address.wire(), "UTF-8", "B").replaceAll("\\s+", "\r\n ")
          : address.wire();
    } catch (UnsupportedEncodingException never) {
      throw new IllegalStateException(never);
    }
  }
}
