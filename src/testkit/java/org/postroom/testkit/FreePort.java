package org.postroom.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that must come back on the same one. They lie below those that systems hand to
 * outgoing connections, which could otherwise take one while its server is down.
 */
public final class FreePort {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  /** Tests run in a few JVMs side by side: each has the ports that leave its own rest. */
  private static final int MOST_FORKS = 4;

  private static final int FORK = Integer.getInteger("surefire.forkNumber", 1);

  private FreePort() {}

  /** One that nobody listens on now. */
  public static int next() {
    for (int tries = 0; tries < 1000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (port % MOST_FORKS == FORK % MOST_FORKS && isFree(port)) return port;
    }
    throw new IllegalStateException("No free port between " + LOWEST + " and " + HIGHEST + ".");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
