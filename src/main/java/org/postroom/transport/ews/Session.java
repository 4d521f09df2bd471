package org.postroom.transport.ews;

import java.time.Duration;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.Login;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.wire.IdlePool;
import org.postroom.transport.wire.Stopwatch;

/**
 * A signed-in talk with one server. Used by one thread at a time; between messages it lies in the
 * {@link IdlePool}.
 */
final class Session implements IdlePool.Connection {
  private final Login.Ews login;
  private final Server server;
  private final Credentials credentials;
  private final Carrier carrier;
  private final Stopwatch clock;
  private Conversation listener;
  private boolean greeted;
  private int messages;
  private volatile long idleSince;

  /** Dials; the stages up to TLS are passed when it is there. */
  Session(Dialer dialer, Login.Ews login, Patience patience, Server server, Conversation listener)
      throws Stopped {
    this.login = login;
    this.server = server;
    this.listener = listener;
    this.credentials = Credentials.of(login);
    this.carrier = new Carrier(dialer, login, patience, server, listener);
    this.clock = new Stopwatch();
  }

  /** Something small. */
  SoapAnswer ask(Stage stage, Function<Requests, Soap> what) throws Stopped {
    return inOurVersion(what, soap -> new Errand(soap, stage, null, false));
  }

  /** Sends what lies there already. */
  SoapAnswer send(Function<Requests, Soap> what) throws Stopped {
    return inOurVersion(what, soap -> new Errand(soap, Stage.CONTENT, null, true));
  }

  /**
   * Hands the content over.
   *
   * @param sends whether that sends it, or only keeps it there
   */
  SoapAnswer hand(Function<Requests, Soap> what, Guard guard, boolean sends) throws Stopped {
    return inOurVersion(what, soap -> new Errand(soap, Stage.CONTENT, guard, sends));
  }

  /** A server that finds us too modern is asked in an older way, and that is remembered. */
  private SoapAnswer inOurVersion(Function<Requests, Soap> what, Function<Soap, Errand> errand)
      throws Stopped {
    while (true) {
      Version version = server.version;
      try {
        return run(errand.apply(what.apply(new Requests(version, login.mailbox()))));
      } catch (Stopped stopped) {
        Version older = version.older();
        if (older == null || !tooModern(stopped)) throw masked(stopped);
        listener.said("S: " + version.word + " is too new");
        if (server.version == version) server.version = older;
      }
    }
  }

  /** Exchange 2007 knows no such code and finds that the attribute is not of its schema. */
  private static boolean tooModern(Stopped stopped) {
    return stopped.code().equals("ErrorInvalidServerVersion")
        || (stopped.code().equals("ErrorSchemaValidation")
            && stopped.trouble().failure().reply().text().contains("Version"));
  }

  private SoapAnswer run(Errand errand) throws Stopped {
    HttpAnswer answer = carrier.carry(errand, stage(errand));
    if (answer.status() == 401 && carrier.signIn().mayBeForgotten()) {
      // A 401 was not acted on. The sign-in of that connection had ended, or never lasts.
      if (messages == 0) server.forgetsUs = true;
      carrier.wire().abort();
      answer = carrier.carry(errand, stage(errand));
    }
    SoapAnswer said = read(errand, answer);
    SoapAnswer.Said bad = said.bad();
    if (bad == null) return said;
    var trouble = EwsTrouble.said(errand.stage(), answer.status(), bad, errand.sends());
    throw new Stopped(trouble, bad.code());
  }

  private SoapAnswer read(Errand errand, HttpAnswer answer) throws Stopped {
    boolean exchange = answer.status() == 200 || answer.status() == 500;
    if (!exchange || !answer.xml()) throw notExchange(errand, answer);
    welcomed();
    try {
      return SoapAnswer.read(answer.body());
    } catch (XMLStreamException notSoap) {
      throw notExchange(errand, answer);
    }
  }

  private Stopped notExchange(Errand errand, HttpAnswer answer) {
    return new Stopped(EwsTrouble.status(stage(errand), answer, errand.carries(), errand.sends()));
  }

  /** Before the first answer of Exchange itself, it is the sign-in that did not work. */
  private Stage stage(Errand errand) {
    return greeted ? errand.stage() : Stage.AUTHENTICATE;
  }

  private void welcomed() {
    carrier.signIn().accepted();
    if (greeted) return;
    greeted = true;
    boolean secured = carrier.wire().certificate() != null;
    listener.passed(Stage.AUTHENTICATE, carrier.signIn().evidence(secured), clock.took());
  }

  /** A server may repeat what it was told. */
  private Stopped masked(Stopped stopped) {
    Failure failure = stopped.trouble().failure();
    Reply reply = failure.reply();
    var clean = new Reply(reply.code(), reply.enhanced(), credentials.mask(reply.text()));
    var masked =
        new Failure(failure.kind(), failure.stage(), failure.scope(), clean, failure.retryAfter());
    return new Stopped(new Trouble(masked, stopped.trouble().verdict()), stopped.code());
  }

  @Override
  public void attach(Conversation conversation) {
    this.listener = conversation;
    carrier.attach(conversation);
  }

  Conversation listener() {
    return listener;
  }

  void countMessage() {
    messages++;
  }

  @Override
  public int messages() {
    return messages;
  }

  @Override
  public boolean usable() {
    return !carrier.wire().closed();
  }

  @Override
  public boolean alive() {
    return !carrier.wire().stale();
  }

  @Override
  public void rest() {
    idleSince = System.nanoTime();
  }

  @Override
  public boolean restedLongerThan(Duration limit) {
    return System.nanoTime() - idleSince > limit.toNanos();
  }

  @Override
  public void close() {
    carrier.wire().abort();
  }
}
