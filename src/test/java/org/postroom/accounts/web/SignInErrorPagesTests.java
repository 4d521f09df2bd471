package org.postroom.accounts.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever comes back from Microsoft or Google with a refusal reads in a browser what it means. */
@ExtendWith(WithChromium.class)
class SignInErrorPagesTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Map<String, String> ACCOUNTS = new HashMap<>();
  private static final Set<String> PICTURED = new HashSet<>();
  private static RunningPostroom postroom;
  private static Tab tab;

  /** A refusal as the provider words it, and the finding it must lead to. */
  record Refusal(String kind, String error, String description, String id) {}

  @BeforeAll
  static void start(Chromium chromium) {
    postroom =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_MICROSOFT_CLIENT_ID", "postroom",
                "POSTROOM_GOOGLE_CLIENT_ID", "postroom"));
    tab = chromium.desktop();
    tab.signIn(postroom);
    for (String kind : new String[] {"microsoft", "google"}) {
      String body =
          "{\"kind\":\"%1$s\",\"name\":\"%1$s\",\"email\":\"anna@acme.example\"}".formatted(kind);
      ACCOUNTS.put(kind, json(postroom.post("/api/v1/accounts", body).body()).get("id").asString());
    }
  }

  @AfterAll
  static void stop() {
    tab.close();
    postroom.close();
  }

  /** Every refusal of the replies that can come back in the browser's address. */
  static Stream<Refusal> refusals() throws IOException {
    try (InputStream in =
        SignInErrorPagesTests.class.getResourceAsStream("/findings/oauth-replies.json")) {
      JsonNode rows = JSON.readTree(Objects.requireNonNull(in).readAllBytes());
      return StreamSupport.stream(rows.spliterator(), false)
          .flatMap(SignInErrorPagesTests::refusal)
          .toList()
          .stream();
    }
  }

  private static Stream<Refusal> refusal(JsonNode row) {
    JsonNode body;
    try {
      body = JSON.readTree(row.path("body").stringValue("{}"));
    } catch (JacksonException notJson) {
      return Stream.empty(); // A page of the provider's own: it never comes back to us.
    }
    String error = body.path("error").stringValue("");
    boolean ours = row.get("id").stringValue("").equals("X01");
    if (error.isEmpty() || ours) return Stream.empty();
    String kind = row.path("host").stringValue("").contains("google") ? "google" : "microsoft";
    return Stream.of(
        new Refusal(
            kind,
            error,
            body.path("error_description").stringValue(""),
            row.get("id").stringValue("")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsExplained(Refusal refusal) {
    tab.open(
        postroom.url()
            + "/oauth/callback?state="
            + encoded(begun(refusal.kind()))
            + "&error="
            + encoded(refusal.error())
            + "&error_description="
            + encoded(refusal.description()));
    String page = tab.page().locator("main").innerText();
    if (refusal.id().startsWith("?")) assertThat(page).doesNotContain("More about finding");
    else assertThat(page).contains("More about finding " + refusal.id());
    assertThat(tab.page().locator("[role=alert] h2").innerText()).isNotBlank();
    if (!PICTURED.add(refusal.id())) return;
    tab.screenshot("sign-in-failed-" + refusal.id().replace("?", "unknown-"));
    if (PICTURED.size() == 1) tab.assertWellMade();
  }

  /** Begins a sign-in as its account's page would; gives its one-time state. */
  private static String begun(String kind) {
    String path = "/api/v1/accounts/" + ACCOUNTS.get(kind) + "/sign_in";
    URI url = URI.create(json(postroom.post(path, "{}").body()).get("url").asString());
    for (String pair : url.getRawQuery().split("&"))
      if (pair.startsWith("state=")) return java.net.URLDecoder.decode(pair.substring(6), UTF_8);
    throw new AssertionError("There is no state in " + url.getPath());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static JsonNode json(String body) {
    return JSON.readTree(body);
  }
}
