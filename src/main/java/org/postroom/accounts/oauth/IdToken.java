package org.postroom.accounts.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who signed in (OpenID Connect Core, section 2). It comes straight from the token endpoint over
 * TLS, so its signature need not be checked (section 3.1.3.7, point 6). The addresses only tell
 * which mailbox it is; nobody gets a right by them.
 *
 * @param addresses under which the provider knows the person, the best first
 */
public record IdToken(List<String> addresses) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 16_384;

  public static final IdToken NOBODY = new IdToken(List.of());

  public IdToken {
    addresses = List.copyOf(addresses);
  }

  /** The token, where it is one, was made for this client and answers this request. */
  public static Optional<IdToken> read(@Nullable String token, String clientId, String nonce) {
    if (token == null || token.length() > LONGEST) return Optional.empty();
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) return Optional.empty();
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      JsonNode json = JSON.readTree(new String(claims, StandardCharsets.UTF_8));
      boolean ours = isFor(json.path("aud"), clientId) && nonce.equals(text(json, "nonce"));
      return ours ? Optional.of(new IdToken(addresses(json))) : Optional.empty();
    } catch (IllegalArgumentException | JacksonException garbled) {
      return Optional.empty();
    }
  }

  /** The address to show; empty where the provider told none. */
  public Optional<String> address() {
    return addresses.stream().findFirst();
  }

  /** Whether the person is known under that address too. */
  public boolean is(String address) {
    return addresses.stream().anyMatch(address::equalsIgnoreCase);
  }

  private static List<String> addresses(JsonNode json) {
    return Stream.of("email", "preferred_username", "upn")
        .map(claim -> text(json, claim))
        .filter(text -> text.contains("@") && text.length() <= 320)
        .distinct()
        .toList();
  }

  private static boolean isFor(JsonNode audience, String clientId) {
    if (!audience.isArray()) return audience.stringValue("").equals(clientId);
    return audience.valueStream().anyMatch(one -> one.stringValue("").equals(clientId));
  }

  private static String text(JsonNode json, String claim) {
    return json.path(claim).stringValue("");
  }
}
