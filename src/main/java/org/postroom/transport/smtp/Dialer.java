package org.postroom.transport.smtp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.postroom.net.Names;
import org.postroom.transport.Conversation;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/** From a host's name to a connected socket: all its addresses in turn. */
final class Dialer {
  private static final int MOST_ADDRESSES = 6;

  private final Names names;
  private final Patience patience;

  Dialer(Names names, Patience patience) {
    this.names = names;
    this.patience = patience;
  }

  Socket dial(Login.Smtp login, Conversation conversation) throws Stopped {
    List<InetAddress> addresses = resolve(login.host(), conversation);
    return connect(addresses, login.port(), conversation);
  }

  /** The name as DNS and certificates have it. */
  static String ascii(String host) {
    try {
      return IDN.toASCII(host.strip(), IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException notAName) {
      return host;
    }
  }

  private List<InetAddress> resolve(String host, Conversation conversation) throws Stopped {
    var clock = new Stopwatch();
    try {
      List<InetAddress> found = names.addresses(ascii(host), patience.resolve());
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

  private Socket connect(List<InetAddress> addresses, int port, Conversation conversation)
      throws Stopped {
    var clock = new Stopwatch();
    List<String> tried = new ArrayList<>();
    boolean refused = false;
    for (InetAddress address : addresses) {
      String place = address.getHostAddress() + " port " + port;
      try {
        Socket socket = open(address, port, patience.connect());
        conversation.passed(Stage.CONNECT, place, clock.took());
        return socket;
      } catch (IOException failure) {
        refused |= refused(failure);
        tried.add(place + ": " + failure.getMessage());
      }
    }
    // One "refused" proves that a machine answered; only silence everywhere is a time-out.
    FailureKind kind = refused ? FailureKind.CONNECTION_REFUSED : FailureKind.CONNECTION_TIMEOUT;
    throw stopped(kind, Stage.CONNECT, String.join("; ", tried));
  }

  private static Socket open(InetAddress address, int port, Duration limit) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), (int) Math.max(1, limit.toMillis()));
      return socket;
    } catch (IOException | RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }

  private static boolean refused(IOException failure) {
    String text = String.valueOf(failure.getMessage());
    return failure instanceof ConnectException && text.contains("refused");
  }

  private static Stopped unresolved(String what) {
    return stopped(FailureKind.NAME_NOT_FOUND, Stage.RESOLVE, what);
  }

  private static Stopped stopped(FailureKind kind, Stage stage, String what) {
    return new Stopped(SmtpTrouble.account(kind, stage, Reply.none(what)), false);
  }

  private static String listed(List<InetAddress> addresses) {
    return String.join(", ", addresses.stream().map(InetAddress::getHostAddress).toList());
  }
}
