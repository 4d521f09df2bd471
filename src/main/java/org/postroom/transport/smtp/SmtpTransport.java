package org.postroom.transport.smtp;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.net.Names;
import org.postroom.net.Trust;
import org.postroom.transport.Conversation;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.Transport;
import org.postroom.transport.wire.IdlePool;
import org.postroom.transport.wire.Reach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Hands messages to a submission server and keeps connections open between them. A connection that
 * the server has silently closed is noticed before MAIL is answered and replaced once; after that,
 * and above all once content may have left, nothing is tried again here.
 *
 * <p>Closing says goodbye on unused connections; close after the last {@link #submit} has returned.
 */
@Component
public class SmtpTransport implements Transport, AutoCloseable {
  /** While a person watches, each wait is at most this long. */
  private static final Duration WATCHED = Duration.ofSeconds(10);

  private final Opening opening;
  private final Opening watched;
  private final IdlePool<LoginKey, Session> pool;
  private final Watch watch;

  @Autowired
  SmtpTransport(Settings settings) {
    this(
        Trust.of(settings),
        Patience.standard(),
        settings.get(Settings.Name.POSTROOM_PUBLIC_URL).map(SmtpTransport::domain).orElse(null),
        Names.Lookup.SYSTEM);
  }

  /** For tests and programs without Spring. */
  public SmtpTransport(Trust trust, Patience patience) {
    this(trust, patience, null, Names.Lookup.SYSTEM);
  }

  SmtpTransport(Trust trust, Patience patience, @Nullable String ourName, Names.Lookup lookup) {
    var names = new Names(lookup);
    this.opening = opening(names, trust, patience, ourName);
    this.watched = opening(names, trust, patience.atMost(WATCHED), ourName);
    this.pool = new IdlePool<>(patience.idle());
    this.watch = new Watch(pool::sweep);
  }

  private static Opening opening(
      Names names, Trust trust, Patience patience, @Nullable String ourName) {
    return new Opening(
        new Reach(names, patience.resolve(), patience.connect()),
        new Privacy(trust, patience),
        patience,
        ourName);
  }

  @Override
  public boolean speaks(Login login) {
    return login instanceof Login.Smtp;
  }

  @Override
  public Outcome submit(Submission submission, Login login, Conversation conversation) {
    if (!(login instanceof Login.Smtp smtp))
      throw new IllegalArgumentException("This adapter speaks SMTP.");
    Cargo cargo = Cargo.of(submission);
    if (cargo.brokenLines()) return brokenLines();
    if (conversation.probing()) return overItsOwn(smtp, cargo, conversation);
    LoginKey key = LoginKey.of(smtp);
    Outcome outcome = overPooled(key, cargo, conversation);
    return outcome != null ? outcome : overFresh(key, smtp, cargo, conversation);
  }

  @Override
  public void close() {
    pool.close();
    watch.close();
  }

  /** Seen from the first to the last stage: nothing is reused, and nothing kept. */
  private Outcome overItsOwn(Login.Smtp login, Cargo cargo, Conversation conversation) {
    Session session;
    try {
      session = watched.open(login, conversation, watch);
    } catch (Stopped stopped) {
      return stopped.trouble().outcome(List.of());
    }
    try {
      return new HandOver(session, cargo, conversation).run();
    } finally {
      session.close();
    }
  }

  /** Null when there is no pooled connection, or it turned out to be dead. */
  private @Nullable Outcome overPooled(LoginKey key, Cargo cargo, Conversation conversation) {
    Session session = pool.take(key);
    if (session == null) return null;
    session.attach(conversation);
    var handOver = new HandOver(session, cargo, conversation);
    Outcome outcome = run(handOver, session, key);
    return handOver.mayBeTriedElsewhere() ? null : outcome;
  }

  private Outcome overFresh(
      LoginKey key, Login.Smtp login, Cargo cargo, Conversation conversation) {
    Session session;
    try {
      session = opening.open(login, conversation, watch);
    } catch (Stopped stopped) {
      return stopped.trouble().outcome(List.of());
    }
    return run(new HandOver(session, cargo, conversation), session, key);
  }

  /** Whatever happens, the connection ends up back in the pool, clean, or closed. */
  private Outcome run(HandOver handOver, Session session, LoginKey key) {
    boolean ended = false;
    try {
      Outcome outcome = handOver.run();
      ended = true;
      if (!(outcome instanceof Outcome.Accepted)) session.reset();
      return outcome;
    } finally {
      if (!ended) session.broken();
      pool.give(key, session);
    }
  }

  private static Outcome brokenLines() {
    String what = "The message has a line break that is not CR LF; servers disagree about those.";
    return SmtpTrouble.message(FailureKind.CONTENT_REFUSED, Stage.CONTENT, what).outcome(List.of());
  }

  /** The public address names us, if it is a domain: EHLO wants no localhost. */
  private static @Nullable String domain(String publicUrl) {
    try {
      String host = new URI(publicUrl).getHost();
      boolean domain = host != null && host.contains(".") && !host.matches("[0-9.]+|.*:.*");
      return domain ? host : null;
    } catch (URISyntaxException notAnAddress) {
      return null;
    }
  }
}
