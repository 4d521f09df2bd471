package org.postroom.accounts.oauth;

import java.util.Map;
import java.util.Set;

/** Takes out of an answer what we sent: some servers repeat the request, secrets and all. */
final class Unsaid {
  private static final Set<String> SECRET =
      Set.of("client_secret", "refresh_token", "code", "code_verifier", "token");

  private Unsaid() {}

  static String of(String text, Map<String, String> sent) {
    String clean = text;
    for (Map.Entry<String, String> one : sent.entrySet()) {
      if (!SECRET.contains(one.getKey()) || one.getValue().length() < 4) continue;
      clean = clean.replace(one.getValue(), "****");
      clean = clean.replace(TokenEndpoint.encoded(one.getValue()), "****");
    }
    return clean;
  }
}
