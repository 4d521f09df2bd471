package org.postroom.transport.ews;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Conversation;
import org.postroom.transport.Login;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/**
 * A signed-in talk with one server. Used by one thread at a time; between messages it lies in the
 * {@link Pool}. When the server has hung up between two requests, it is called again.
 */
final class Session {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Dialer dialer;
  private final Login.Ews login;
  private final Patience patience;
  private final Server server;
  private final Credentials credentials;
  private final SignIn signIn;
  private Conversation listener;
  private Wire wire;
  private boolean greeted;
  private int messages;
  private volatile long idleSince;

  /** Dials; the stages up to TLS are passed when it is there. */
  Session(
      Dialer dialer, Login.Ews login, Patience patience, Server server, Conversation listener)
      throws Stopped {
    this.dialer = dialer;
    this.login = login;
    this.patience = patience;
    this.server = server;
    this.listener = listener;
    this.credentials = Credentials.of(login);
    this.signIn = new SignIn(credentials, Dialer.host(login.uri()), server);
    this.wire = dialer.dial(login.uri(), patience, listener);
  }

  /** One request and what is allowed to happen to it. */
  private record Errand(Soap soap, Stage stage, @Nullable Guard guard, boolean sends) {}

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

  void attach(Conversation conversation) {
    this.listener = conversation;
  }

  Conversation listener() {
    return listener;
  }

  void countMessage() {
    messages++;
  }

  int messages() {
    return messages;
  }

  boolean usable() {
    return !wire.closed();
  }

  boolean stale() {
    return wire.stale();
  }

  void rest() {
    idleSince = System.nanoTime();
  }

  boolean restedLongerThan(Duration limit) {
    return System.nanoTime() - idleSince > limit.toNanos();
  }

  void close() {
    wire.abort();
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
        if (older == null || !tooModern(stopped)) throw stopped;
        listener.said("S: " + version.word + " is too new");
        if (server.version == version) server.version = older;
      }
    }
  }

  /** Exchange 2007 knows no such code and finds that the attribute is not of its schema. */
  private static boolean tooModern(Stopped stopped) {
    return stopped.code().equals("ErrorInvalidServerVersion")
        || (stopped.code().equals("ErrorSchemaValidation")
            && stopped.getMessage().contains("Version"));
  }

  private SoapAnswer run(Errand errand) throws Stopped {
    HttpAnswer answer = exchange(errand);
    if (answer.status() == 401 && signIn.mayBeForgotten()) {
      // A 401 was not acted on. The sign-in of that connection had ended, or never lasts.
      if (messages == 0) server.forgetsUs = true;
      wire.abort();
      answer = exchange(errand);
    }
    if (answer.status() == 401) throw new Stopped(masked(EwsTrouble.refused(answer)));
    SoapAnswer said = read(errand, answer);
    SoapAnswer.Said bad = said.bad();
    if (bad == null) return said;
    var trouble = EwsTrouble.said(errand.stage(), answer.status(), bad, errand.sends());
    throw new Stopped(masked(trouble), bad.code());
  }

  private SoapAnswer read(Errand errand, HttpAnswer answer) throws Stopped {
    boolean web = answer.status() != 200 && answer.status() != 500;
    if (web || !answer.xml()) throw new Stopped(masked(byStatus(errand, answer)));
    welcomed();
    try {
      return SoapAnswer.read(answer.body());
    } catch (XMLStreamException notSoap) {
      throw new Stopped(masked(byStatus(errand, answer)));
    }
  }

  private Trouble byStatus(Errand errand, HttpAnswer answer) {
    Stage stage = greeted ? errand.stage() : Stage.AUTHENTICATE;
    return EwsTrouble.status(stage, answer, errand.guard() != null, errand.sends());
  }

  private void welcomed() {
    signIn.accepted();
    if (greeted) return;
    greeted = true;
    listener.passed(
        Stage.AUTHENTICATE, signIn.evidence(wire.certificate() != null), clock.took());
  }

  private final Stopwatch clock = new Stopwatch();

  private HttpAnswer exchange(Errand errand) throws Stopped {
    ready();
    String authorization = signIn.header(knock());
    ready(); // The server may have hung up after it told what it offers.
    listener.said("C: " + errand.soap().operation());
    var delivery = new Delivery();
    try {
      HttpAnswer answer = delivery.run(errand, authorization);
      listener.said("S: " + answer.status() + " " + credentials.mask(answer.reason()));
      if (answer.closes()) wire.abort();
      return answer;
    } catch (IOException failure) {
      boolean timedOut = wire.timedOut(failure);
      wire.abort();
      boolean unclear = errand.sends() && delivery.mayHaveArrived;
      Stage stage = greeted ? errand.stage() : Stage.AUTHENTICATE;
      throw new Stopped(
          masked(
              unclear
                  ? EwsTrouble.unclear(failure, timedOut)
                  : EwsTrouble.lost(stage, failure, timedOut)));
    }
  }

  /** One request on its way; knows whether the server may have it whole. */
  private final class Delivery {
    private boolean mayHaveArrived;

    HttpAnswer run(Errand errand, @Nullable String authorization) throws IOException, Stopped {
      Guard guard = errand.guard();
      boolean expect = guard != null && server.knowsExpect;
      wire.put(head(errand.soap(), authorization, expect), patience.block());
      if (expect) {
        HttpAnswer early = beforeContent();
        if (early != null && early.status() == 417) return runWithoutExpecting(errand);
        if (early != null) return early;
      }
      if (guard != null && !mayHandOver(guard)) throw new Stopped(EwsTrouble.claimLost());
      try {
        errand.soap().write(wire, patience.block(), () -> mayHaveArrived = true);
      } catch (IOException failure) {
        return lastWords(failure);
      }
      return within(guard == null && !errand.sends() ? patience.request() : patience.answer());
    }

    private HttpAnswer runWithoutExpecting(Errand errand) throws Stopped {
      server.knowsExpect = false;
      return exchange(errand);
    }
  }

  /** Whatever the guard does, a request that is half said cannot stay. */
  private boolean mayHandOver(Guard guard) {
    boolean agreed = false;
    try {
      agreed = guard.mayHandOver();
      return agreed;
    } finally {
      if (!agreed) wire.abort();
    }
  }

  /**
   * The answer to the head of a request whose content waits; null when the content may come. After
   * a final answer the connection is not used again: the server may wait for content or not.
   */
  private @Nullable HttpAnswer beforeContent() throws IOException {
    if (!wire.speaks(patience.go())) return null;
    HttpAnswer answer = wire.within(patience.request(), () -> new HttpReader(wire).readAny());
    if (answer.status() < 200) return null;
    wire.abort();
    return answer;
  }

  /** Writing failed: the server may have said why before it hung up. */
  private HttpAnswer lastWords(IOException failure) throws IOException {
    if (wire.timedOut(failure)) throw failure;
    try {
      HttpAnswer answer = within(LAST_WORDS);
      wire.abort();
      return answer;
    } catch (IOException nothingSaid) {
      throw failure;
    }
  }

  private HttpAnswer within(Duration limit) throws IOException {
    return wire.within(limit, () -> new HttpReader(wire).read());
  }

  private SignIn.Knock knock() {
    return new SignIn.Knock() {
      @Override
      public HttpAnswer with(@Nullable String authorization) throws Stopped {
        return empty(authorization);
      }

      @Override
      public @Nullable X509Certificate certificate() {
        return wire.certificate();
      }
    };
  }

  private HttpAnswer empty(@Nullable String authorization) throws Stopped {
    ready();
    listener.said(authorization == null ? "C: who may come in?" : "C: NTLM ****");
    try {
      wire.put(head(new Soap("", new byte[0], null, new byte[0]), authorization, false),
          patience.request());
      HttpAnswer answer = within(patience.request());
      listener.said("S: " + answer.status() + " " + String.join(", ", answer.offers()));
      if (answer.closes()) wire.abort();
      return answer;
    } catch (IOException failure) {
      boolean timedOut = wire.timedOut(failure);
      wire.abort();
      throw new Stopped(EwsTrouble.lost(Stage.AUTHENTICATE, failure, timedOut));
    }
  }

  private void ready() throws Stopped {
    if (!wire.closed()) return;
    wire = dialer.dial(login.uri(), patience, Unheard.INSTANCE);
    signIn.forget();
  }

  private byte[] head(Soap soap, @Nullable String authorization, boolean expect) {
    String path = login.uri().getRawPath();
    String query = login.uri().getRawQuery();
    String head =
        "POST " + (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query)
            + " HTTP/1.1\r\nHost: " + login.uri().getRawAuthority().replaceFirst("^.*@", "")
            + "\r\nUser-Agent: Postroom\r\nAccept: text/xml\r\n"
            + "Content-Type: text/xml; charset=utf-8\r\nContent-Length: " + soap.length() + "\r\n"
            + (authorization == null ? "" : "Authorization: " + authorization + "\r\n")
            + (expect ? "Expect: 100-continue\r\n" : "")
            + "\r\n";
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Trouble masked(Trouble trouble) {
    var failure = trouble.failure();
    Reply reply = failure.reply();
    var clean = new Reply(reply.code(), reply.enhanced(), credentials.mask(reply.text()));
    return new Trouble(
        new org.postroom.transport.Failure(
            failure.kind(), failure.stage(), failure.scope(), clean, failure.retryAfter()),
        trouble.verdict());
  }
}
