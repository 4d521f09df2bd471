package org.postroom.openid;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.Web;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One OpenID provider: what it says about itself (OpenID Connect Discovery 1.0), its keys, and its
 * token endpoint. What it says is remembered for an hour; keys also until a token names one that is
 * not among them, but not asked for more than once a minute for that.
 */
final class Provider {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int MOST_BYTES = 256 * 1024;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration NOT_AGAIN = Duration.ofMinutes(1);

  private final Web web;
  private final InstantSource clock;
  private final String issuer;
  private final String client;
  private final @Nullable String secret;
  private @Nullable Remembered about;
  private @Nullable Remembered keys;

  Provider(Web web, InstantSource clock, String issuer, String client, @Nullable String secret) {
    this.web = web;
    this.clock = clock;
    this.issuer = issuer;
    this.client = client;
    this.secret = secret;
  }

  private record Remembered(JsonNode json, Instant at) {}

  String issuer() {
    return issuer;
  }

  String client() {
    return client;
  }

  /** Whether its answers name it, so that one without a name is none (RFC 9207). */
  boolean namesItself() {
    return about().path("authorization_response_iss_parameter_supported").asBoolean(false);
  }

  URI authorization() {
    return endpoint("authorization_endpoint");
  }

  /** Trades the code for an ID token; the code is worth nothing without the verifier. */
  String idToken(String code, String verifier, String redirect) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect);
    form.put("code_verifier", verifier);
    form.put("client_id", client);
    Call call = Call.post(endpoint("token_endpoint"), "application/x-www-form-urlencoded", "");
    if (secret != null && basic())
      call = call.header("Authorization", "Basic " + encodedPair(client, secret));
    else if (secret != null) form.put("client_secret", secret);
    byte[] body = form(form).getBytes(StandardCharsets.UTF_8);
    Call asked =
        new Call("POST", call.uri(), call.headers(), body, LIMIT, MOST_BYTES)
            .header("Accept", "application/json");
    return switch (web.send(asked)) {
      case Answer.Failed failed -> throw new ProviderAway(failed.what());
      case Answer.Given given when given.status() >= 500 ->
          throw new ProviderAway("Its token endpoint said " + given.status() + ".");
      case Answer.Given given -> token(given);
    };
  }

  /** The key of that id; null where it has none of it even after looking again. */
  @Nullable JsonNode key(@Nullable String id, String type) {
    JsonNode found = among(keys(REMEMBERED), id, type);
    return found == null ? among(keys(NOT_AGAIN), id, type) : found;
  }

  private static @Nullable JsonNode among(JsonNode keys, @Nullable String id, String type) {
    return keys.path("keys")
        .valueStream()
        .filter(key -> key.path("kty").asString("").equals(type))
        .filter(key -> !key.path("use").asString("sig").equals("enc"))
        .filter(key -> id == null || key.path("kid").asString("").equals(id))
        .findFirst()
        .orElse(null);
  }

  private synchronized JsonNode keys(Duration remembered) {
    Remembered known = keys;
    if (known == null || !known.at().plus(remembered).isAfter(clock.instant())) {
      known = new Remembered(read(endpoint("jwks_uri")), clock.instant());
      keys = known;
    }
    return known.json();
  }

  private synchronized JsonNode about() {
    Remembered known = about;
    if (known == null || !known.at().plus(REMEMBERED).isAfter(clock.instant())) {
      String at = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
      JsonNode said = read(URI.create(at));
      if (!said.path("issuer").asString("").equals(issuer))
        throw new ProviderAway(
            "It calls itself “" + said.path("issuer").asString("") + "”, not “" + issuer + "”.");
      known = new Remembered(said, clock.instant());
      about = known;
    }
    return known.json();
  }

  private boolean basic() {
    JsonNode methods = about().path("token_endpoint_auth_methods_supported");
    return !methods.isArray()
        || methods.valueStream().anyMatch(each -> each.asString("").equals("client_secret_basic"));
  }

  private URI endpoint(String name) {
    String text = about().path(name).asString("");
    try {
      URI uri = URI.create(text);
      if (isPrivate(uri)) return uri;
    } catch (IllegalArgumentException none) {
      // told below
    }
    throw new ProviderAway("Its " + name + " is no address with https: “" + text + "”.");
  }

  /** Plain HTTP only on this machine: everybody between could read along. */
  static boolean isPrivate(URI uri) {
    String host = uri.getHost();
    if (host == null) return false;
    if ("https".equalsIgnoreCase(uri.getScheme())) return true;
    boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    return "http".equalsIgnoreCase(uri.getScheme()) && here;
  }

  private JsonNode read(URI uri) {
    if (!isPrivate(uri)) throw new ProviderAway(uri + " is not reached by https.");
    return switch (web.send(Call.get(uri).within(LIMIT).atMost(MOST_BYTES))) {
      case Answer.Failed failed -> throw new ProviderAway(failed.what());
      case Answer.Given given when !given.ok() ->
          throw new ProviderAway(uri + " said " + given.status() + ".");
      case Answer.Given given -> json(given);
    };
  }

  private static String token(Answer.Given given) {
    JsonNode json = json(given);
    String error = json.path("error").asString("");
    if (!given.ok()) throw new BadAnswer("The token endpoint refused the code: " + error);
    return json.path("id_token").asString("");
  }

  private static JsonNode json(Answer.Given given) {
    try {
      return JSON.readTree(given.body());
    } catch (JacksonException garbled) {
      throw new ProviderAway("Its answer is no JSON.");
    }
  }

  /** Both parts are form-encoded first (RFC 6749, section 2.3.1). */
  private static String encodedPair(String client, String secret) {
    String pair = encoded(client) + ":" + encoded(secret);
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
