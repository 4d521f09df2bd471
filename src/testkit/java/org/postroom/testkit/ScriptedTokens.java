package org.postroom.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A provider's token and revocation endpoints that answer what a test says, and remember what they
 * were asked. For errors in the providers' own words; a real authorization server is elsewhere.
 */
public final class ScriptedTokens implements AutoCloseable {

  /** What to answer. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
  private final List<String> revoked = new CopyOnWriteArrayList<>();
  private volatile Function<Map<String, String>, Answer> script =
      form -> Answer.json(500, "{\"error\": \"server_error\"}");
  private volatile int revocation = 200;

  public ScriptedTokens() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(workers);
    server.createContext(
        "/revoke",
        exchange -> {
          revoked.add(form(exchange).getOrDefault("token", ""));
          reply(exchange, Answer.json(revocation, "{}"));
        });
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> form = form(exchange);
          asked.add(form);
          reply(exchange, script.apply(form));
        });
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on this is answered, to whatever is asked. */
  public void answer(Function<Map<String, String>, Answer> script) {
    this.script = script;
  }

  public void answer(int status, String json) {
    answer(form -> Answer.json(status, json));
  }

  public void revokeWith(int status) {
    revocation = status;
  }

  /** Every request for tokens so far, as forms. */
  public List<Map<String, String>> asked() {
    return asked;
  }

  public List<String> revoked() {
    return revoked;
  }

  /** An ID token as a provider gives it; nobody checks its signature. */
  public static String idToken(String client, String nonce, String claims) {
    return part("{\"alg\": \"none\"}")
        + "."
        + part("{\"aud\": \"%s\", \"nonce\": \"%s\", %s}".formatted(client, nonce, claims))
        + ".c2ln";
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      int mark = pair.indexOf('=');
      if (mark > 0) form.put(decoded(pair.substring(0, mark)), decoded(pair.substring(mark + 1)));
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
