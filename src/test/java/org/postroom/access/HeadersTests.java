package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What every answer carries so that browsers guard it: whichever page there is, for the list is the
 * product's own.
 */
class HeadersTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void everyPageHasAPolicyIsNotGuessedAtAndIsKeptByNobody() {
    Browser browser = Browser.signedIn(postroom);
    List<String> wrong = new ArrayList<>();
    Set<String> pages = pages();
    pages.add("/nothing-here");
    pages.add("/messages/msg_nobody");
    for (String page : pages) wrong.addAll(missing(page, browser.open(page).response()));
    assertThat(wrong).isEmpty();
    assertThat(pages).hasSizeGreaterThan(60);
  }

  @Test
  void everyAnswerToAProgramToo() {
    for (String path : List.of("/api/v1/messages", "/api/v1/nothing", "/api/v1/openapi.json")) {
      HttpResponse<String> reply = postroom.get(path);
      assertThat(missing(path, reply)).isEmpty();
      assertThat(header(reply, "Content-Security-Policy"))
          .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }
  }

  @Test
  void noOtherSitesScriptMayReadAnything() {
    for (String path : List.of("/api/v1/messages", "/sign-in", "/pay/x", "/files/x")) {
      HttpResponse<String> asked =
          postroom.send(
              postroom
                  .request(path)
                  .header("Origin", "https://evil.example")
                  .header("Access-Control-Request-Method", "GET")
                  .method("OPTIONS", BodyPublishers.noBody()));
      HttpResponse<String> got =
          postroom.send(postroom.request(path).header("Origin", "https://evil.example").GET());
      for (HttpResponse<String> reply : List.of(asked, got))
        assertThat(reply.headers().map().keySet())
            .as(path)
            .noneMatch(
                name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }
  }

  @Test
  void methodsThatAreForNothingAreRefused() {
    for (String method : List.of("TRACE", "CONNECT", "PROPFIND", "TRACK"))
      for (String path : List.of("/sign-in", "/api/v1/messages")) {
        HttpRequest.Builder request;
        try {
          request = postroom.request(path).method(method, BodyPublishers.noBody());
        } catch (IllegalArgumentException notEvenSent) {
          continue;
        }
        HttpResponse<String> reply = postroom.send(request);
        assertThat(reply.statusCode()).as(method + " " + path).isBetween(400, 405);
        assertThat(reply.body()).doesNotContain(RunningPostroom.API_KEY);
      }
  }

  @Test
  void reachedByHttpsCookiesGoNoOtherWay() {
    try (var https =
        RunningPostroom.start(Map.of("POSTROOM_PUBLIC_URL", "https://post.acme.example"))) {
      HttpResponse<String> page =
          https.send(
              HttpRequest.newBuilder(URI.create(https.url() + "/sign-in"))
                  .header("X-Forwarded-Proto", "https")
                  .GET());
      assertThat(page.headers().allValues("Set-Cookie"))
          .isNotEmpty()
          .allMatch(cookie -> cookie.contains("Secure") && cookie.contains("HttpOnly"));
      assertThat(header(page, "Strict-Transport-Security")).contains("max-age=");
    }
  }

  private static List<String> missing(String page, HttpResponse<String> reply) {
    List<String> wrong = new ArrayList<>();
    String policy = header(reply, "Content-Security-Policy");
    if (!policy.contains("default-src 'none'")) wrong.add(page + ": policy " + policy);
    if (policy.contains("unsafe") && !policy.contains("sandbox")) wrong.add(page + ": " + policy);
    if (!header(reply, "X-Content-Type-Options").equals("nosniff")) wrong.add(page + ": sniffing");
    if (!header(reply, "Cache-Control").contains("no-store") && reply.statusCode() == 200)
      wrong.add(page + ": kept, " + header(reply, "Cache-Control"));
    for (String tells : List.of("Server", "X-Powered-By"))
      if (!header(reply, tells).isEmpty()) wrong.add(page + ": " + tells);
    return wrong;
  }

  private static String header(HttpResponse<String> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  /** Every page without a variable in its address. */
  private static Set<String> pages() {
    Set<String> pages = new TreeSet<>();
    postroom
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(info -> {
          if (info.getMethodsCondition().getMethods().contains(RequestMethod.GET))
            Objects.requireNonNull(info.getPathPatternsCondition())
                .getPatternValues()
                .forEach(pages::add);
        });
    pages.removeIf(page -> page.contains("{") || page.contains("*") || page.startsWith("/api/"));
    return pages;
  }
}
