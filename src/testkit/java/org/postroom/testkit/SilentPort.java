package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that answers nobody, as behind a firewall that drops packets: something listens there, but
 * the queue of those who want in is full and nobody is let in.
 */
public final class SilentPort implements AutoCloseable {
  private static final int MOST = 64;

  private final ServerSocket listening;
  private final List<Socket> queue = new ArrayList<>();

  public SilentPort() {
    try {
      listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
      fill();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void fill() throws IOException {
    var address = new InetSocketAddress(listening.getInetAddress(), port());
    for (int i = 0; i < MOST; i++) {
      var socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(address, 200);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IllegalStateException("This system lets everybody into the queue.");
  }

  @Override
  public void close() {
    for (Socket socket : queue) close(socket);
    close(listening);
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception gone) {
      // It is.
    }
  }
}
