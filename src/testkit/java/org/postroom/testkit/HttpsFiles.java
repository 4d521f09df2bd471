package org.postroom.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Files over HTTPS on localhost; 404 for all others. Some paths never answer, some redirect. */
public final class HttpsFiles implements AutoCloseable {
  private final TestCertificates certificates = TestCertificates.forLocalhost();
  private final HttpsServer server;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private record Reply(int status, Map<String, String> headers, byte[] body, boolean silent) {}

  private HttpsFiles() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public static HttpsFiles start() {
    try {
      return new HttpsFiles();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What clients must trust. */
  public TestCertificates certificates() {
    return certificates;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "https://localhost:" + port();
  }

  public HttpsFiles put(String path, String text) {
    return put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public HttpsFiles put(String path, byte[] body) {
    return reply(path, 200, Map.of("Content-Type", "text/xml"), body);
  }

  public HttpsFiles reply(String path, int status, Map<String, String> headers, byte[] body) {
    replies.put(path, new Reply(status, headers, body, false));
    return this;
  }

  public HttpsFiles silent(String path) {
    replies.put(path, new Reply(0, Map.of(), new byte[0], true));
    return this;
  }

  /** The paths with their queries. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    Reply reply =
        replies.getOrDefault(
            exchange.getRequestURI().getPath(), new Reply(404, Map.of(), new byte[0], false));
    if (reply.silent()) {
      try {
        closing.await();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    try (exchange) {
      exchange.sendResponseHeaders(
          reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      if (reply.body().length > 0) exchange.getResponseBody().write(reply.body());
    }
  }
}
