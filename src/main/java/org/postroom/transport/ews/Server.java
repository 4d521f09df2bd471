package org.postroom.transport.ews;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What we have learnt about one server and need not find out again. Nothing here is a secret. */
final class Server {
  /** The newest version it understands. */
  volatile Version version = Version.EXCHANGE_2013_SP1;

  /** It answers {@code Expect: 100-continue}, or at least does not mind it. */
  volatile boolean knowsExpect = true;

  /** It forgets after each request who we are (IIS: authPersistSingleRequest). */
  volatile boolean forgetsUs;

  /** By address. */
  static final class Known {
    private static final int MOST = 1_000;
    private final Map<URI, Server> servers = new ConcurrentHashMap<>();

    Server at(URI uri) {
      if (servers.size() > MOST) servers.clear(); // Typing mistakes of years; learnt again at once.
      return servers.computeIfAbsent(uri, unused -> new Server());
    }
  }
}
