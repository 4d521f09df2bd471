package org.postroom.transport.ews;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.postroom.net.Names;
import org.postroom.net.TlsWords;
import org.postroom.net.Trust;
import org.postroom.transport.Conversation;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Stage;

/** From an address to a connection that may be spoken over: name, socket, TLS. */
final class Dialer {
  private static final int MOST_ADDRESSES = 6;

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
    List<InetAddress> addresses = resolve(host(uri), patience, conversation);
    Wire wire = connect(addresses, port(uri), patience, conversation);
    if (scheme(uri).equals("https")) secure(wire, uri, patience, conversation);
    return wire;
  }

  /** The name as DNS and certificates have it; empty where there is none. */
  static String host(URI uri) {
    String host = uri.getHost();
    if (host == null) return "";
    try {
      return host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException notAName) {
      return host;
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() > 0) return uri.getPort();
    return scheme(uri).equals("https") ? 443 : 80;
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private List<InetAddress> resolve(String host, Patience patience, Conversation conversation)
      throws Stopped {
    var clock = new Stopwatch();
    try {
      List<InetAddress> found = names.addresses(host, patience.resolve());
      List<InetAddress> used = found.subList(0, Math.min(found.size(), MOST_ADDRESSES));
      conversation.passed(Stage.RESOLVE, host + " is " + listed(used), clock.took());
      return used;
    } catch (UnknownHostException unknown) {
      throw unresolved("The name " + host + " was not found: " + unknown.getMessage());
    } catch (TimeoutException late) {
      throw unresolved("The name " + host + " could not be looked up in time.");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unresolved("Interrupted while looking up " + host + ".");
    }
  }

  private Wire connect(
      List<InetAddress> addresses, int port, Patience patience, Conversation conversation)
      throws Stopped {
    var clock = new Stopwatch();
    List<String> tried = new ArrayList<>();
    boolean refused = false;
    for (InetAddress address : addresses) {
      String place = address.getHostAddress() + " port " + port;
      try {
        Wire wire = open(address, port, patience.connect());
        conversation.passed(Stage.CONNECT, place, clock.took());
        return wire;
      } catch (IOException failure) {
        refused |= String.valueOf(failure.getMessage()).contains("refused");
        tried.add(place + ": " + failure.getMessage());
      }
    }
    // One "refused" proves that a machine answered; only silence everywhere is a time-out.
    FailureKind kind = refused ? FailureKind.CONNECTION_REFUSED : FailureKind.CONNECTION_TIMEOUT;
    throw stopped(kind, Stage.CONNECT, String.join("; ", tried));
  }

  private Wire open(InetAddress address, int port, Duration limit) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), (int) Math.max(1, limit.toMillis()));
      return new Wire(socket, alarm);
    } catch (IOException | RuntimeException failure) {
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

  private static Stopped unresolved(String what) {
    return stopped(FailureKind.NAME_NOT_FOUND, Stage.RESOLVE, what);
  }

  private static Stopped stopped(FailureKind kind, Stage stage, String what) {
    return new Stopped(EwsTrouble.passing(kind, stage, what));
  }

  private static String listed(List<InetAddress> addresses) {
    return String.join(", ", addresses.stream().map(InetAddress::getHostAddress).toList());
  }
}
