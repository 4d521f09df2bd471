package org.postroom.accounts.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.environment.Environment;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.Web;
import org.postroom.transport.Reply;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a provider for tokens, once (RFC 6749, sections 4.1.3, 4.4.2 and 6). */
@Component
public class TokenEndpoint {
  /** Shorter than a lease lasts, so that no lease ends while its owner still waits. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int MOST_BYTES = 256 * 1024;
  private static final int LONGEST_TOKEN = 32_768;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration USUAL = Duration.ofMinutes(30);
  private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error");

  private final Web web;
  private final BooleanSupplier copy;

  @Autowired
  TokenEndpoint(Web web, Environment environment) {
    this(web, environment::foreign);
  }

  /** For tests and programs without Spring: always the original. */
  public TokenEndpoint(Web web) {
    this(web, () -> false);
  }

  private TokenEndpoint(Web web, BooleanSupplier copy) {
    this.web = web;
    this.copy = copy;
  }

  /**
   * Posts the parameters as a form; what is secret among them never comes back out. A copy of an
   * installation renews nothing: that could end the original's sign-in.
   */
  public TokenAnswer ask(URI endpoint, Map<String, String> parameters) {
    if (copy.getAsBoolean() && !"authorization_code".equals(parameters.get("grant_type")))
      return new TokenAnswer.Busy(
          Reply.none("This is a copy of another Postroom: sign-ins are not renewed from here."),
          null);
    Answer answer =
        web.send(Call.post(endpoint, FORM, form(parameters)).within(LIMIT).atMost(MOST_BYTES));
    return switch (answer) {
      case Answer.Failed failed -> new TokenAnswer.Busy(Reply.none(failed.what()), null);
      case Answer.Given given -> read(given, parameters);
    };
  }

  /** Takes a token back (RFC 7009). True where the provider said that it is gone. */
  public boolean revoke(URI endpoint, String token) {
    if (copy.getAsBoolean()) return false;
    Answer answer =
        web.send(
            Call.post(
                    endpoint,
                    FORM,
                    form(Map.of("token", token, "token_type_hint", "refresh_token")))
                .within(LIMIT));
    return answer instanceof Answer.Given given && given.ok();
  }

  private static TokenAnswer read(Answer.Given given, Map<String, String> sent) {
    JsonNode json = json(given);
    String token = token(json, "access_token");
    if (given.ok() && token != null) return granted(json, token);
    String error = json.path("error").stringValue("");
    Reply reply = new Reply(given.status(), null, Unsaid.of(given.text(), sent));
    if (passes(given.status(), error))
      return new TokenAnswer.Busy(reply, RetryAfter.of(given).orElse(null));
    return new TokenAnswer.Refused(error, reply);
  }

  /** What is no refusal of this protocol comes from something in between, such as a proxy. */
  private static boolean passes(int status, String error) {
    boolean refusal = status >= 400 && status < 500 && status != 429 && !error.isEmpty();
    return !refusal || PASSING.contains(error);
  }

  private static TokenAnswer granted(JsonNode json, String token) {
    String scope = json.path("scope").stringValue("");
    return new TokenAnswer.Granted(
        token,
        token(json, "refresh_token"),
        scope.isBlank() ? null : Scopes.parse(scope),
        lasts(json.path("expires_in")),
        token(json, "id_token"));
  }

  /** Some providers send the number as text. */
  private static Duration lasts(JsonNode seconds) {
    String text = seconds.asString("");
    if (!text.matches("[0-9]{1,9}")) return USUAL;
    Duration lasts = Duration.ofSeconds(Long.parseLong(text));
    if (lasts.compareTo(SHORTEST) < 0) return SHORTEST; // or we would ask for ever
    return lasts.compareTo(LONGEST) > 0 ? LONGEST : lasts;
  }

  /** Printable ASCII as RFC 6749 has it: anything else could break a header we put it in. */
  private static @Nullable String token(JsonNode json, String name) {
    String text = json.path(name).stringValue("");
    boolean usable = !text.isEmpty() && text.length() <= LONGEST_TOKEN;
    return usable && text.chars().allMatch(c -> c > 0x20 && c < 0x7f) ? text : null;
  }

  private static JsonNode json(Answer.Given given) {
    try {
      return JSON.readTree(given.body());
    } catch (JacksonException noJson) {
      return JSON.createObjectNode();
    }
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
