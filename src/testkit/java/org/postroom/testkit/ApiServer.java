package org.postroom.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The HTTP under our Graph and Gmail servers: real sockets, a log, and faults on demand. */
abstract class ApiServer implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final Deque<ApiFault> faults = new ArrayDeque<>();
  private final List<ApiRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param certificates null: plain HTTP
   */
  ApiServer(@Nullable TestCertificates certificates) {
    scheme = certificates == null ? "http" : "https";
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (certificates == null) {
        server = HttpServer.create(address, 100);
      } else {
        HttpsServer https = HttpsServer.create(address, 100);
        https.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
        server = https;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Does what the API does. */
  protected abstract ApiAnswer serve(ApiRequest request);

  /** What a client must give to reach it. */
  public final URI service() {
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
  }

  public final void next(ApiFault fault) {
    synchronized (faults) {
      faults.add(fault);
    }
  }

  /** Everything that came in, oldest first; also what met a fault after it was read. */
  public final List<ApiRequest> requests() {
    return List.copyOf(requests);
  }

  /** Where the client broke the API's rules. */
  public final List<String> violations() {
    return List.copyOf(violations);
  }

  protected final void violated(String what) {
    violations.add(what);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    ApiFault fault = fault(line);
    if (fault != null && fault.moment() == ApiFault.Moment.BEFORE_READING) {
      exchange.close();
      return;
    }
    ApiRequest request = read(exchange);
    requests.add(request);
    if (fault == null) answer(exchange, served(request));
    else faulty(exchange, request, fault);
  }

  private void faulty(HttpExchange exchange, ApiRequest request, ApiFault fault)
      throws IOException {
    boolean works = fault.moment() != ApiFault.Moment.AFTER_READING;
    if (works) served(request);
    if (fault.moment() == ApiFault.Moment.SILENCE) awaitClose();
    if (fault.status() == 0) exchange.close();
    else answer(exchange, new ApiAnswer(fault.status(), fault.headers(), fault.body()));
  }

  private ApiAnswer served(ApiRequest request) {
    try {
      return serve(request);
    } catch (RuntimeException ours) {
      violated("The test server failed: " + ours);
      return new ApiAnswer(500, "{\"error\":{\"code\":\"testServer\",\"message\":\"broken\"}}");
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable ApiFault fault(String line) {
    synchronized (faults) {
      for (ApiFault fault : faults) {
        if (line.contains(fault.words()) && faults.remove(fault)) return fault;
      }
      return null;
    }
  }

  private static ApiRequest read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(", ", values)));
    URI uri = exchange.getRequestURI();
    return new ApiRequest(
        exchange.getRequestMethod(),
        uri.getPath(),
        uri.getQuery() == null ? "" : uri.getQuery(),
        headers,
        body(exchange, headers));
  }

  private static byte[] body(HttpExchange exchange, Map<String, String> headers)
      throws IOException {
    InputStream body = exchange.getRequestBody();
    boolean packed = "gzip".equals(headers.get("content-encoding"));
    return (packed ? new GZIPInputStream(body) : body).readAllBytes();
  }

  private static void answer(HttpExchange exchange, ApiAnswer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (body.length > 0 && !answer.headers().containsKey("Content-Type"))
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    try (exchange) {
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) exchange.getResponseBody().write(body);
    }
  }
}
