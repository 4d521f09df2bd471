package org.postroom.transport.smtp;

import static org.postroom.transport.Stage.CONTENT;
import static org.postroom.transport.Stage.RECIPIENT;
import static org.postroom.transport.Stage.SENDER;

import java.util.ArrayList;
import java.util.List;
import org.postroom.mail.Address;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.wire.Stopwatch;

/** One message over an open connection: envelope, the durable mark, content, answer. */
final class HandOver {
  /**
   * Both sides write at once while we send a group: it must fit into the network's buffers (RFC
   * 2920 3.1).
   */
  private static final int MOST_PER_GROUP = 100;

  private final Session session;
  private final Cargo cargo;
  private final Conversation conversation;
  private final Stopwatch clock = new Stopwatch();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<Address> offered = new ArrayList<>();
  private boolean senderAnswered;
  private boolean asked;

  HandOver(Session session, Cargo cargo, Conversation conversation) {
    this.session = session;
    this.cargo = cargo;
    this.conversation = conversation;
  }

  Outcome run() {
    session.countMessage();
    try {
      check();
      Reply go = envelope();
      if (go.code() != 354) throw refusedBy(CONTENT, go);
      return content();
    } catch (Stopped stopped) {
      return stopped.trouble().outcome(refused);
    }
  }

  /** Nothing was answered and nothing handed over: another connection may try the same. */
  boolean mayBeTriedElsewhere() {
    return !senderAnswered && !asked && !session.usable();
  }

  /** What the server's greeting already rules out is not even begun. */
  private void check() throws Stopped {
    Capabilities can = session.capabilities();
    if (cargo.content().length > can.mostOctets())
      throw stop(
          FailureKind.MESSAGE_TOO_LARGE,
          "The message has "
              + cargo.content().length
              + " bytes; the server takes "
              + can.mostOctets()
              + ".");
    boolean whole = cargo.utf8Header() || cargo.envelope().sender().needsSmtpUtf8();
    if (whole && !can.smtpUtf8())
      throw stop(
          FailureKind.UTF8_NOT_SUPPORTED,
          "The server cannot take addresses or headers outside ASCII (SMTPUTF8).");
    cargo.envelope().recipients().forEach(this::offer);
    if (offered.isEmpty()) throw nobodyLeft();
  }

  private void offer(Address recipient) {
    if (!recipient.needsSmtpUtf8() || session.capabilities().smtpUtf8()) {
      offered.add(recipient);
      return;
    }
    Trouble trouble =
        SmtpTrouble.recipient(
            FailureKind.UTF8_NOT_SUPPORTED,
            "The server cannot take the address " + recipient.spec() + " (SMTPUTF8).");
    refused.add(new Refusal(recipient.spec(), trouble.failure(), true));
  }

  /** MAIL, RCPT, DATA; gives the reply to DATA. */
  private Reply envelope() throws Stopped {
    return session.capabilities().pipelining() ? inGroups() : oneByOne();
  }

  private Reply oneByOne() throws Stopped {
    sender(session.ask(mail(), SENDER));
    for (Address recipient : offered) recipient(recipient, session.ask(rcpt(recipient), RECIPIENT));
    recipientsDone();
    session.say("DATA", CONTENT);
    session.flush(CONTENT);
    return session.hear(CONTENT, session.patience().data());
  }

  private Reply inGroups() throws Stopped {
    for (int from = 0; from < offered.size(); from += MOST_PER_GROUP) {
      int to = Math.min(offered.size(), from + MOST_PER_GROUP);
      boolean last = to == offered.size();
      List<Address> group = offered.subList(from, to);
      sayGroup(group, from == 0, last);
      if (from == 0) senderOfGroup(group.size() + (last ? 1 : 0));
      for (Address recipient : group) recipient(recipient, hear());
    }
    return dataOfGroup();
  }

  private void sayGroup(List<Address> group, boolean first, boolean last) throws Stopped {
    if (first) session.say(mail(), SENDER);
    for (Address recipient : group) session.say(rcpt(recipient), RECIPIENT);
    if (last) session.say("DATA", CONTENT);
    session.flush(SENDER);
  }

  private void senderOfGroup(int following) throws Stopped {
    try {
      sender(session.hear(SENDER, session.patience().command()));
    } catch (Stopped refusedSender) {
      drain(following);
      throw refusedSender;
    }
  }

  /** DATA was said before we knew whether anybody is left to receive it. */
  private Reply dataOfGroup() throws Stopped {
    if (refused.size() == cargo.envelope().recipients().size()) {
      drain(1);
      throw nobodyLeft();
    }
    recipientsDone();
    return session.hear(CONTENT, session.patience().data());
  }

  /**
   * Reads the replies that no longer matter. A 354 among them waits for content that we do not
   * have; hanging up is the one answer that no server takes for an empty message.
   */
  private void drain(int replies) {
    try {
      for (int i = 0; i < replies && session.usable(); i++) {
        if (hear().code() == 354) session.broken();
      }
    } catch (Stopped gone) {
      session.broken();
    }
  }

  private Reply hear() throws Stopped {
    return session.hear(RECIPIENT, session.patience().command());
  }

  private void sender(Reply reply) throws Stopped {
    senderAnswered = true;
    if (!accepted(reply)) throw refusedBy(SENDER, reply);
    conversation.passed(SENDER, reply.line(), clock.took());
  }

  private void recipient(Address recipient, Reply reply) {
    if (accepted(reply)) return;
    Trouble trouble = SmtpTrouble.of(RECIPIENT, reply);
    refused.add(new Refusal(recipient.spec(), trouble.failure(), trouble.permanent()));
  }

  private void recipientsDone() throws Stopped {
    int all = cargo.envelope().recipients().size();
    int taken = all - refused.size();
    if (taken == 0) throw nobodyLeft();
    conversation.passed(RECIPIENT, taken + " of " + all + " accepted", clock.took());
  }

  /**
   * Trouble of the account tells most: then nobody was really refused. Otherwise it is permanent
   * only if it is for everybody.
   */
  private Stopped nobodyLeft() {
    Refusal telling =
        refused.stream()
            .filter(one -> one.failure().scope() == Scope.ACCOUNT)
            .findFirst()
            .or(() -> refused.stream().filter(one -> !one.permanent()).findFirst())
            .orElse(refused.getFirst());
    return new Stopped(new Trouble(telling.failure(), telling.permanent()), true);
  }

  private Outcome content() throws Stopped {
    asked = true;
    if (!conversation.mayHandOver()) {
      session.broken(); // The server waits for content; only hanging up takes DATA back.
      return new Outcome.Deferred(
          new Failure(
              FailureKind.CLAIM_LOST,
              CONTENT,
              Scope.MESSAGE,
              Reply.none("The message was no longer ours to hand over.")),
          List.copyOf(refused));
    }
    conversation.said("C: (" + cargo.content().length + " bytes of content)");
    var writer = new ContentWriter(session, cargo.content());
    Reply reply;
    try {
      writer.write();
      reply = session.hear(CONTENT, session.patience().answer());
    } catch (Stopped stopped) {
      if (stopped.answered() || !writer.endMayHaveLeft()) throw stopped;
      return unclear(stopped.trouble().failure().reply());
    }
    return settled(reply);
  }

  private Outcome settled(Reply reply) throws Stopped {
    if (accepted(reply)) {
      conversation.passed(CONTENT, reply.line(), clock.took());
      return new Outcome.Accepted(reply, List.copyOf(refused));
    }
    if (reply.code() >= 400) throw refusedBy(CONTENT, reply);
    session.broken(); // Neither yes nor no.
    return unclear(reply);
  }

  private Outcome unclear(Reply reply) {
    return new Outcome.Unclear(
        new Failure(FailureKind.ANSWER_LOST, CONTENT, Scope.MESSAGE, reply), List.copyOf(refused));
  }

  private String mail() {
    Capabilities can = session.capabilities();
    var command = new StringBuilder("MAIL FROM:<").append(cargo.envelope().sender().wire());
    command.append('>');
    if (can.size()) command.append(" SIZE=").append(cargo.content().length);
    // A server without 8BITMIME gets the octets all the same, as Exim does: converting would break
    // signatures, and no such server is left that clears the eighth bit.
    if (cargo.eightBit() && can.eightBitMime()) command.append(" BODY=8BITMIME");
    if (needsSmtpUtf8()) command.append(" SMTPUTF8");
    if (can.dsn()) command.append(Reports.ofMessage(cargo.envelopeId()));
    return command.toString();
  }

  private boolean needsSmtpUtf8() {
    return cargo.utf8Header()
        || cargo.envelope().sender().needsSmtpUtf8()
        || offered.stream().anyMatch(Address::needsSmtpUtf8);
  }

  private String rcpt(Address recipient) {
    String reports = session.capabilities().dsn() ? Reports.of(recipient) : "";
    return "RCPT TO:<" + recipient.wire() + ">" + reports;
  }

  private static boolean accepted(Reply reply) {
    return reply.code() >= 200 && reply.code() < 300;
  }

  private static Stopped refusedBy(org.postroom.transport.Stage stage, Reply reply) {
    return new Stopped(SmtpTrouble.of(stage, reply), true);
  }

  private static Stopped stop(FailureKind kind, String what) {
    return new Stopped(SmtpTrouble.message(kind, SENDER, what), false);
  }
}
