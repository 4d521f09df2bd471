package org.postroom.transport.wire;

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
import org.postroom.transport.Stage;

/** From a host's name to a connected socket: all its addresses in turn. */
public final class Reach {
  private static final int MOST_ADDRESSES = 6;

  private final Names names;
  private final Duration resolve;
  private final Duration connect;

  /**
   * @param resolve how long to wait for the name
   * @param connect how long to wait for each address
   */
  public Reach(Names names, Duration resolve, Duration connect) {
    this.names = names;
    this.resolve = resolve;
    this.connect = connect;
  }

  public Socket reach(String host, int port, Conversation conversation) throws Unreached {
    return connect(resolve(host, conversation), port, conversation);
  }

  /** The name as DNS and certificates have it. */
  public static String ascii(String host) {
    try {
      return host.startsWith("[") ? host : IDN.toASCII(host.strip(), IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException notAName) {
      return host;
    }
  }

  private List<InetAddress> resolve(String host, Conversation conversation) throws Unreached {
    var clock = new Stopwatch();
    try {
      List<InetAddress> found = names.addresses(ascii(host), resolve);
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
      throws Unreached {
    var clock = new Stopwatch();
    List<String> tried = new ArrayList<>();
    boolean refused = false;
    for (InetAddress address : addresses) {
      String place = address.getHostAddress() + " port " + port;
      try {
        Socket socket = open(address, port, connect);
        conversation.passed(Stage.CONNECT, place, clock.took());
        return socket;
      } catch (IOException failure) {
        refused |= refused(failure);
        tried.add(place + ": " + failure.getMessage());
      }
    }
    // One "refused" proves that a machine answered; only silence everywhere is a time-out.
    FailureKind kind = refused ? FailureKind.CONNECTION_REFUSED : FailureKind.CONNECTION_TIMEOUT;
    throw new Unreached(kind, Stage.CONNECT, String.join("; ", tried));
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

  private static Unreached unresolved(String what) {
    return new Unreached(FailureKind.NAME_NOT_FOUND, Stage.RESOLVE, what);
  }

  private static String listed(List<InetAddress> addresses) {
    return String.join(", ", addresses.stream().map(InetAddress::getHostAddress).toList());
  }
}
