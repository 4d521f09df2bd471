package org.postroom.transport.ews;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.mail.ExactRecipients;
import org.postroom.net.Names;
import org.postroom.net.Trust;
import org.postroom.transport.Conversation;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.Trace;
import org.postroom.transport.Transport;
import org.postroom.transport.wire.IdlePool;
import org.postroom.transport.wire.Unheard;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Hands messages to an Exchange server of the company's own by Exchange Web Services, and keeps
 * signed-in connections open between them. Redirects are not followed, and nothing is tried again
 * once content may have left, except where the server said that it did not act.
 */
@Component
class EwsTransport implements Transport, AutoCloseable {
  private static final Duration SWEEP = Duration.ofSeconds(10);

  private final Alarm alarm = new Alarm();
  private final Server.Known servers = new Server.Known();
  private final Dialer dialer;
  private final Patience patience;
  private final IdlePool<LoginKey, Session> pool;

  @Autowired
  EwsTransport(Settings settings) {
    this(Trust.of(settings), Patience.standard());
  }

  EwsTransport(Trust trust, Patience patience) {
    this.patience = patience;
    this.dialer = new Dialer(new Names(Names.Lookup.SYSTEM), trust, alarm);
    this.pool = new IdlePool<>(patience.idle());
    alarm.every(SWEEP, pool::sweep);
  }

  @Override
  public boolean speaks(Login login) {
    return login instanceof Login.Ews;
  }

  @Override
  public Outcome submit(Submission submission, Login login, Conversation conversation) {
    if (!(login instanceof Login.Ews ews))
      throw new IllegalArgumentException("This adapter speaks EWS.");
    var mime = ExactRecipients.of(submission.content(), submission.envelope().recipients());
    var guard = new Guard(conversation);
    Outcome outcome = overPooled(ews, mime, guard, conversation);
    return outcome != null ? outcome : overFresh(ews, mime, guard, conversation);
  }

  @Override
  public Trace trace(Login login, String messageId) {
    if (!(login instanceof Login.Ews ews)) return Trace.CANNOT_LOOK;
    try {
      Session session = open(ews, Unheard.INSTANCE);
      try {
        return seen(session, messageId);
      } finally {
        session.close();
      }
    } catch (Stopped stopped) {
      return Trace.NOT_SEEN;
    }
  }

  /** Letter for letter: some servers search loosely. */
  private static Trace seen(Session session, String messageId) throws Stopped {
    var found = session.ask(Stage.CONTENT, requests -> requests.find("sentitems", messageId, 10));
    boolean there = found.items().stream().anyMatch(item -> messageId.equals(item.messageId()));
    return there ? Trace.SENT : Trace.NOT_SEEN;
  }

  /** For looking into the mailbox; whoever asks closes it. */
  Session open(Login.Ews login) throws Stopped {
    return open(login, Unheard.INSTANCE);
  }

  @Override
  public void close() {
    pool.close();
    alarm.close();
  }

  /** Null when there is no pooled session, or it turned out to be dead. */
  private @Nullable Outcome overPooled(
      Login.Ews login, byte[] mime, Guard guard, Conversation conversation) {
    if (conversation.probing()) return null;
    Session session = pool.take(LoginKey.of(login));
    if (session == null) return null;
    session.attach(conversation);
    var handOver = new HandOver(session, mime, guard);
    Outcome outcome = run(handOver, session, login);
    return handOver.mayBeTriedElsewhere() ? null : outcome;
  }

  private Outcome overFresh(Login.Ews login, byte[] mime, Guard guard, Conversation conversation) {
    Session session;
    try {
      session = open(login, conversation);
    } catch (Stopped stopped) {
      return stopped.trouble().outcome();
    }
    return run(new HandOver(session, mime, guard), session, login);
  }

  /** Signs in with a small question, so that the content leaves once. */
  private Session open(Login.Ews login, Conversation conversation) throws Stopped {
    Patience limits = conversation.probing() ? patience.probing() : patience;
    var session = new Session(dialer, login, limits, servers.at(login.uri()), conversation);
    boolean open = false;
    try {
      String folder = login.mailbox() == null ? "sentitems" : "drafts";
      SoapAnswer answer = session.ask(Stage.SENDER, requests -> requests.getFolder(folder));
      // A mailbox that is there says nothing about the From address; only sending does.
      conversation.said("S: (" + evidence(login, answer) + ")");
      open = true;
      return session;
    } finally {
      if (!open) session.close();
    }
  }

  private static String evidence(Login.Ews login, SoapAnswer answer) {
    String whose = login.mailbox() == null ? "the user's own mailbox" : login.mailbox();
    return whose + " is there" + (answer.server() == null ? "" : "; Exchange " + answer.server());
  }

  /** Whatever happens, the session ends up back in the pool or closed. */
  private Outcome run(HandOver handOver, Session session, Login.Ews login) {
    boolean ended = false;
    try {
      Outcome outcome = handOver.run(login.mailbox() != null);
      ended = true;
      return outcome;
    } finally {
      if (!ended || session.listener().probing()) session.close();
      pool.give(LoginKey.of(login), session);
    }
  }
}
