package org.postroom.transport.ews;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Conversation;
import org.postroom.transport.Login;
import org.postroom.transport.Stage;
import org.postroom.transport.wire.Unheard;

/**
 * Carries requests over one connection, with the sign-in they need. When the server has hung up
 * between two of them, it is called again; within one it is not.
 */
final class Carrier {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Dialer dialer;
  private final URI uri;
  private final Patience patience;
  private final Server server;
  private final SignIn signIn;
  private Conversation listener;
  private Wire wire;

  /** Dials; the stages up to TLS are passed when it is there. */
  Carrier(Dialer dialer, Login.Ews login, Patience patience, Server server, Conversation listener)
      throws Stopped {
    this.dialer = dialer;
    this.uri = login.uri();
    this.patience = patience;
    this.server = server;
    this.listener = listener;
    this.signIn = new SignIn(Credentials.of(login), Dialer.host(uri), server);
    this.wire = dialer.dial(uri, patience, listener);
  }

  void attach(Conversation conversation) {
    this.listener = conversation;
  }

  Wire wire() {
    return wire;
  }

  SignIn signIn() {
    return signIn;
  }

  /**
   * @param stage where it counts as stopped when nobody answers
   */
  HttpAnswer carry(Errand errand, Stage stage) throws Stopped {
    ready();
    String authorization = signIn.header(new Knocking());
    ready(); // The server may have hung up after it told what it offers.
    listener.said("C: " + errand.soap().operation());
    var delivery = new Delivery(errand, stage);
    try {
      HttpAnswer answer = delivery.run(authorization);
      listener.said("S: " + answer.status());
      if (answer.closes()) wire.abort();
      return answer;
    } catch (IOException failure) {
      throw new Stopped(delivery.trouble(failure));
    }
  }

  private void ready() throws Stopped {
    if (!wire.closed()) return;
    wire = dialer.dial(uri, patience, Unheard.INSTANCE);
    signIn.forget();
  }

  /** One request on its way; knows whether the server may have it whole. */
  private final class Delivery {
    private final Errand errand;
    private final Stage stage;
    private boolean mayHaveArrived;

    Delivery(Errand errand, Stage stage) {
      this.errand = errand;
      this.stage = stage;
    }

    HttpAnswer run(@Nullable String authorization) throws IOException, Stopped {
      boolean expect = errand.carries() && server.knowsExpect;
      wire.put(head(errand.soap().length(), authorization, expect), patience.block());
      HttpAnswer early = expect ? beforeContent() : null;
      if (early != null && early.status() == 417) return runWithoutExpecting();
      if (early != null) return early;
      if (!mayHandOver()) throw new Stopped(EwsTrouble.claimLost());
      try {
        errand.soap().write(wire, patience.block(), () -> mayHaveArrived = true);
      } catch (IOException failure) {
        return lastWords(failure);
      }
      boolean mail = errand.soap().operation().equals(Soap.GET_ITEM);
      boolean long_ = errand.carries() || errand.sends() || mail;
      return answer(long_ ? patience.answer() : patience.request(), mail);
    }

    Trouble trouble(IOException failure) {
      boolean timedOut = wire.timedOut(failure);
      wire.abort();
      return errand.sends() && mayHaveArrived
          ? EwsTrouble.unclear(failure, timedOut)
          : EwsTrouble.lost(stage, failure, timedOut);
    }

    private HttpAnswer runWithoutExpecting() throws Stopped {
      server.knowsExpect = false;
      return carry(errand, stage);
    }

    /** Whatever the guard does, a request that is half said cannot stay. */
    private boolean mayHandOver() {
      Guard guard = errand.guard();
      if (guard == null) return true;
      boolean agreed = false;
      try {
        agreed = guard.mayHandOver();
        return agreed;
      } finally {
        if (!agreed) wire.abort();
      }
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
      HttpAnswer answer = answer(LAST_WORDS);
      wire.abort();
      return answer;
    } catch (IOException nothingSaid) {
      throw failure;
    }
  }

  private HttpAnswer answer(Duration limit) throws IOException {
    return answer(limit, false);
  }

  private HttpAnswer answer(Duration limit, boolean mail) throws IOException {
    var reader = mail ? new HttpReader(wire, HttpReader.MOST_WITH_MAIL) : new HttpReader(wire);
    return wire.within(limit, reader::read);
  }

  private final class Knocking implements SignIn.Knock {
    @Override
    public HttpAnswer with(@Nullable String authorization) throws Stopped {
      ready();
      listener.said(authorization == null ? "C: who may come in?" : "C: NTLM ****");
      try {
        wire.put(head(0, authorization, false), patience.request());
        HttpAnswer answer = answer(patience.request());
        listener.said("S: " + answer.status() + " " + String.join(", ", answer.offers()));
        if (answer.closes()) wire.abort();
        return answer;
      } catch (IOException failure) {
        boolean timedOut = wire.timedOut(failure);
        wire.abort();
        throw new Stopped(EwsTrouble.lost(Stage.AUTHENTICATE, failure, timedOut));
      }
    }

    @Override
    public @Nullable X509Certificate certificate() {
      return wire.certificate();
    }
  }

  private byte[] head(long length, @Nullable String authorization, boolean expect) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String head =
        "POST "
            + path
            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
            + " HTTP/1.1\r\nHost: "
            + Dialer.host(uri)
            + (uri.getPort() > 0 ? ":" + uri.getPort() : "")
            + "\r\nUser-Agent: Postroom\r\nAccept: text/xml\r\n"
            + "Content-Type: text/xml; charset=utf-8\r\nContent-Length: "
            + length
            + "\r\n"
            + (authorization == null ? "" : "Authorization: " + authorization + "\r\n")
            + (expect ? "Expect: 100-continue\r\n" : "")
            + "\r\n";
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }
}
