package org.postroom.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An OpenID provider where everybody is signed in already: it lets the browser straight through,
 * and checks client, redirect address and PKCE for real. A test says who it is, and what is wrong
 * with the answer.
 */
public final class OpenIdServer implements AutoCloseable {
  public static final String CLIENT = "postroom";
  public static final String SECRET = "a secret: of the & client";

  /** How the token is signed. */
  public enum Signing {
    PROPERLY,
    WITH_ANOTHER_KEY,
    NOT_AT_ALL,
    WITH_THE_PUBLIC_KEY_AS_SECRET
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final AtomicInteger keysAsked = new AtomicInteger();
  private volatile RSAKey key = newKey("first");
  private volatile Signing signing = Signing.PROPERLY;
  private volatile Consumer<Map<String, Object>> claims = all -> {};
  private volatile Consumer<Map<String, String>> answer = all -> {};
  private volatile String subject = "s-1";
  private volatile String issuerSaid;

  public OpenIdServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    issuerSaid = issuer();
    server.setExecutor(workers);
    server.createContext("/", this::answer);
    server.start();
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Who is signed in there from now on, and everything proper again. */
  public OpenIdServer is(String subject, String email, boolean verified) {
    this.subject = subject;
    signing = Signing.PROPERLY;
    answer = all -> {};
    issuerSaid = issuer();
    claims =
        all -> {
          all.put("email", email);
          all.put("email_verified", verified);
          all.put("name", "Name of " + email);
        };
    return this;
  }

  /** Changes the claims of tokens given from now on. */
  public OpenIdServer claiming(Consumer<Map<String, Object>> change) {
    Consumer<Map<String, Object>> before = claims;
    claims =
        all -> {
          before.accept(all);
          change.accept(all);
        };
    return this;
  }

  public OpenIdServer signing(Signing other) {
    signing = other;
    return this;
  }

  /** Changes what the browser brings back. */
  public OpenIdServer answering(Consumer<Map<String, String>> change) {
    answer = change;
    return this;
  }

  /** Signs with a new key from now on, as providers do every few weeks. */
  public void changeKey() {
    key = newKey("second");
  }

  public int keysAsked() {
    return keysAsked.get();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/.well-known/openid-configuration" -> reply(exchange, 200, about());
      case "/jwks" -> {
        keysAsked.incrementAndGet();
        reply(exchange, 200, "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}");
      }
      case "/authorize" -> authorize(exchange);
      case "/token" -> token(exchange);
      default -> reply(exchange, 404, "{}");
    }
  }

  private String about() {
    return """
    {"issuer": "%s", "authorization_endpoint": "%2$s/authorize", "token_endpoint": "%2$s/token",
     "jwks_uri": "%2$s/jwks", "authorization_response_iss_parameter_supported": true}
    """
        .formatted(issuerSaid, issuer());
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
    boolean sound =
        CLIENT.equals(asked.get("client_id"))
            && "code".equals(asked.get("response_type"))
            && "S256".equals(asked.get("code_challenge_method"))
            && Optional.ofNullable(asked.get("scope")).orElse("").contains("openid")
            && Optional.ofNullable(asked.get("redirect_uri")).orElse("").endsWith("/callback");
    if (!sound) {
      reply(exchange, 400, "{\"error\": \"invalid_request\"}");
      return;
    }
    String code = "code-" + codes.size();
    codes.put(code, asked);
    Map<String, String> back = new LinkedHashMap<>();
    back.put("code", code);
    back.put("state", asked.get("state"));
    back.put("iss", issuer());
    answer.accept(back);
    exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?" + query(back));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> given =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
    String basic = encoded(CLIENT) + ":" + encoded(SECRET);
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    boolean sound =
        asked != null
            && expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && asked.get("redirect_uri").equals(given.get("redirect_uri"))
            && asked.get("code_challenge").equals(sha256(given.getOrDefault("code_verifier", "")));
    if (!sound) reply(exchange, 400, "{\"error\": \"invalid_grant\"}");
    else
      reply(
          exchange,
          200,
          "{\"access_token\": \"x\", \"token_type\": \"Bearer\", \"id_token\": \"%s\"}"
              .formatted(idToken(asked.get("nonce"))));
  }

  private String idToken(String nonce) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("iss", issuer());
    all.put("aud", CLIENT);
    all.put("sub", subject);
    all.put("nonce", nonce);
    all.put("iat", Date.from(Instant.now()));
    all.put("exp", Date.from(Instant.now().plusSeconds(300)));
    claims.accept(all);
    var set = new JWTClaimsSet.Builder();
    all.forEach(set::claim);
    try {
      return signed(set.build());
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String signed(JWTClaimsSet set) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    switch (signing) {
      case NOT_AT_ALL -> {
        return new PlainJWT(set).serialize();
      }
      case WITH_THE_PUBLIC_KEY_AS_SECRET -> {
        var mac = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
        var token = new SignedJWT(mac, set);
        token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        return token.serialize();
      }
      case PROPERLY, WITH_ANOTHER_KEY -> {
        RSAKey with = signing == Signing.PROPERLY ? key : newKey(key.getKeyID());
        var token = new SignedJWT(header, set);
        token.sign(new RSASSASigner(with));
        return token.serialize();
      }
    }
    throw new IllegalStateException();
  }

  private static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      int mark = pair.indexOf('=');
      if (mark > 0)
        form.put(
            URLDecoder.decode(pair.substring(0, mark), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(mark + 1), StandardCharsets.UTF_8));
    }
    return form;
  }

  private static String query(Map<String, String> values) {
    var query = new StringBuilder();
    values.forEach((name, value) ->
        query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(encoded(value)));
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
