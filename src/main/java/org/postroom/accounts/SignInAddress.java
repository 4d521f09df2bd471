package org.postroom.accounts;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.oauth.Pkce;

/** The addresses people are sent to: the provider's page where they allow, or approve. */
final class SignInAddress {
  private SignInAddress() {}

  /**
   * Authorization code with PKCE (RFC 7636).
   *
   * @param hint the address of who should sign in; null where it is not known
   */
  static URI authorize(Client client, PendingSignIn pending, String state, @Nullable String hint) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", client.id());
    query.put("response_type", "code");
    query.put("redirect_uri", pending.redirect().toString());
    query.put("scope", String.join(" ", asked(client, pending.drafts())));
    query.put("state", state);
    query.put("nonce", pending.nonce());
    query.put("code_challenge", Pkce.sha256(pending.verifier()));
    query.put("code_challenge_method", "S256");
    if (client.google()) {
      query.put("access_type", "offline");
      query.put("prompt", "consent"); // otherwise no refresh token comes the second time
    } else {
      query.put("response_mode", "query");
      if (hint == null) query.put("prompt", "select_account");
    }
    if (hint != null) query.put("login_hint", hint);
    return with(client.authorize(), query);
  }

  /** Where an administrator approves for everybody (Microsoft's v2.0/adminconsent). */
  static URI approval(URI adminConsent, Client client, boolean drafts, URI redirect, String state) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", client.id());
    query.put("scope", String.join(" ", mail(client, drafts)));
    query.put("redirect_uri", redirect.toString());
    query.put("state", state);
    return with(adminConsent, query);
  }

  /** Everything a person is asked to allow. */
  static List<String> asked(Client client, boolean drafts) {
    List<String> scopes = new ArrayList<>(List.of("openid", "email"));
    if (!client.google()) {
      scopes.add("profile"); // the user name, where a mailbox has no address on record
      scopes.add("offline_access");
    }
    scopes.addAll(mail(client, drafts));
    return scopes;
  }

  /** What sending needs, and reading where it is wanted, of one resource. */
  static List<String> mail(Client client, boolean drafts) {
    List<String> scopes = new ArrayList<>(client.mail());
    if (drafts && graph(client)) scopes.add(drafts(client));
    if (!client.app()) scopes.addAll(client.reading());
    return scopes;
  }

  static String drafts(Client client) {
    String send = client.mail().getFirst();
    return send.substring(0, send.lastIndexOf('/') + 1) + Clients.DRAFTS;
  }

  private static boolean graph(Client client) {
    return client.mail().getFirst().endsWith("/Mail.Send");
  }

  private static URI with(URI address, Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
