package org.postroom.transport.ews;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.postroom.net.Names;
import org.postroom.net.TlsWords;
import org.postroom.net.Trust;
import org.postroom.transport.Conversation;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Stage;
import org.postroom.transport.wire.Reach;
import org.postroom.transport.wire.Stopwatch;
import org.postroom.transport.wire.Unreached;

/** From an address to a connection that may be spoken over: name, socket, TLS. */
final class Dialer {
  private final Names names;
  private final Trust trust;
  private final Alarm alarm;

  Dialer(Names names, Trust trust, Alarm alarm) {
    this.names = names;
    this.trust = trust;
    this.alarm = alarm;
  }

  Wire dial(URI uri, Patience patience, Conversation conversation) throws Stopped {
    if (host(uri).isEmpty() || !List.of("http", "https").contains(scheme(uri)))
      throw stopped(
          FailureKind.NAME_NOT_FOUND,
          Stage.RESOLVE,
          "The address " + uri + " is not one of a web server (https://…).");
    Wire wire = connect(uri, patience, conversation);
    if (scheme(uri).equals("https")) secure(wire, uri, patience, conversation);
    return wire;
  }

  /** The name as DNS and certificates have it; empty where there is none. */
  static String host(URI uri) {
    String host = uri.getHost();
    if (host == null) return "";
    return Reach.ascii(host);
  }

  private static int port(URI uri) {
    if (uri.getPort() > 0) return uri.getPort();
    return scheme(uri).equals("https") ? 443 : 80;
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private Wire connect(URI uri, Patience patience, Conversation conversation) throws Stopped {
    var reach = new Reach(names, patience.resolve(), patience.connect());
    try {
      return wire(reach.reach(host(uri), port(uri), conversation));
    } catch (Unreached nobody) {
      throw stopped(nobody.kind(), nobody.stage(), nobody.what());
    } catch (IOException brokenAtOnce) {
      throw new Stopped(EwsTrouble.lost(Stage.CONNECT, brokenAtOnce, false));
    }
  }

  private Wire wire(Socket socket) throws IOException {
    try {
      return new Wire(socket, alarm);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  private void secure(Wire wire, URI uri, Patience patience, Conversation conversation)
      throws Stopped {
    var clock = new Stopwatch();
    boolean secured = false;
    try {
      var session = wire.secure(trust.sockets(), host(uri), patience.request());
      conversation.passed(Stage.TLS, TlsWords.evidence(session), clock.took());
      secured = true;
    } catch (IOException failure) {
      throw new Stopped(noTls(wire, host(uri), failure));
    } finally {
      if (!secured) wire.abort();
    }
  }

  private static Trouble noTls(Wire wire, String host, IOException failure) {
    if (wire.timedOut(failure)) return EwsTrouble.lost(Stage.TLS, failure, true);
    String certificate = TlsWords.certificateTrouble(host, failure);
    if (certificate != null)
      return EwsTrouble.passing(FailureKind.CERTIFICATE_NOT_TRUSTED, Stage.TLS, certificate);
    String why = String.valueOf(failure.getMessage());
    String what =
        failure instanceof SSLException
            ? "The encryption could not be agreed on: " + why
            : "The connection broke while the encryption was set up: " + why;
    return EwsTrouble.passing(FailureKind.TLS_FAILED, Stage.TLS, what);
  }

  private static Stopped stopped(FailureKind kind, Stage stage, String what) {
    return new Stopped(EwsTrouble.passing(kind, stage, what));
  }
}
