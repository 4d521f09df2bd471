package org.postroom.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who is called by webhooks and checks them as the specification tells receivers to
 * (Standard Webhooks 1.0): written from that, not from our own signing.
 */
public final class HookReceiver implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedDeque<Answer> script = new ConcurrentLinkedDeque<>();
  private final Map<String, Integer> together = new ConcurrentHashMap<>();
  private final Map<String, Integer> most = new ConcurrentHashMap<>();
  private volatile Answer usual = new Answer(200, Map.of(), "thanks");
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private HookReceiver(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::hear);
    server.start();
  }

  /** On a free port of this machine. */
  public static HookReceiver start() {
    try {
      return new HookReceiver(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 500));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public record Answer(int status, Map<String, String> headers, String body) {}

  /** One call as it came. */
  public record Call(String path, Map<String, String> headers, String text) {
    public JsonNode body() {
      return JSON.readTree(text);
    }

    public String id() {
      return headers.get("webhook-id");
    }

    public String type() {
      return body().get("type").asString();
    }

    /** Whether it was signed with this secret: by its text, {@code whsec_…}. */
    public boolean signedWith(String secret) {
      String signed = id() + "." + headers.get("webhook-timestamp") + "." + text;
      String expected = "v1," + hmac(secret, signed);
      return Arrays.asList(headers.get("webhook-signature").split(" ")).contains(expected);
    }

    public Duration age() {
      long at = Long.parseLong(headers.get("webhook-timestamp"));
      return Duration.ofSeconds(System.currentTimeMillis() / 1000 - at);
    }
  }

  /** What is answered where the script says nothing. */
  public void usually(int status) {
    usual = new Answer(status, Map.of(), "status " + status);
  }

  /** What is answered next, once each, in this order. */
  public void next(int... statuses) {
    for (int status : statuses) next(new Answer(status, Map.of(), "status " + status));
  }

  public void next(Answer answer) {
    script.add(answer);
  }

  /** Calls wait from now on, until {@link #open}. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void open() {
    gate.countDown();
  }

  public List<Call> calls() {
    return calls;
  }

  public List<Call> calls(String type) {
    return calls.stream().filter(call -> call.type().equals(type)).toList();
  }

  /** The most calls that were under way at once at that path. */
  public int mostAtOnce(String path) {
    return most.getOrDefault(path, 0);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
  }

  private void hear(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    most.merge(path, together.merge(path, 1, Integer::sum), Math::max);
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) ->
              headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(new Call(path, headers, text));
      gate.await();
      Answer answer = script.isEmpty() ? usual : script.poll();
      together.merge(path, -1, Integer::sum);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static String hmac(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
