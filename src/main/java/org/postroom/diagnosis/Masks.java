package org.postroom.diagnosis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.postroom.findings.Finding;
import org.postroom.findings.Masked;
import org.postroom.transport.Login;

/**
 * Strikes the account's own secrets out of whatever a check tells, in every form they travel in.
 * The transports mask already; a server that repeats a password later in the talk is caught here.
 */
final class Masks {
  private static final String STARS = "****";
  private final List<String> secrets = new ArrayList<>();

  /** From now on these are struck out. */
  void hide(Login login) {
    switch (login) {
      case Login.Smtp smtp -> hide(smtp.credentials());
      case Login.Graph graph -> add(graph.accessToken());
      case Login.Gmail gmail -> add(gmail.accessToken());
      case Login.Ews ews -> {
        add(ews.password());
        addEncoded(ews.user() + ":" + ews.password());
        addEncoded(ews.domain() + "\\" + ews.user() + ":" + ews.password());
      }
      case Login.Local _ -> {}
    }
    secrets.sort(Comparator.comparingInt(String::length).reversed());
  }

  private void hide(Login.@org.jspecify.annotations.Nullable Credentials credentials) {
    switch (credentials) {
      case null -> {}
      case Login.Credentials.Password password -> {
        add(password.password());
        addEncoded("\0" + password.user() + "\0" + password.password());
      }
      case Login.Credentials.Token token -> {
        add(token.accessToken());
        addEncoded("user=" + token.user() + "\1auth=Bearer " + token.accessToken() + "\1\1");
      }
    }
  }

  private void add(String secret) {
    if (secret.length() < 4) return; // Would strike out half of every sentence.
    secrets.add(secret);
    addEncoded(secret);
    secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  private void addEncoded(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().encodeToString(bytes);
    secrets.add(encoded);
    secrets.add(encoded.replaceAll("=+$", ""));
    secrets.add(Base64.getUrlEncoder().encodeToString(bytes));
  }

  String of(String text) {
    return Masked.of(own(text));
  }

  /** The finding may quote the server. */
  Finding of(Finding finding) {
    return new Finding(
        finding.id(),
        own(finding.what()),
        finding.steps().stream().map(this::own).collect(Collectors.toList()),
        finding.action(),
        finding.fixes());
  }

  private String own(String text) {
    String masked = text;
    for (String secret : secrets) masked = masked.replace(secret, STARS);
    return masked;
  }
}
