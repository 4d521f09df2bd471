package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A person at a browser without JavaScript: keeps cookies, follows redirects, sends forms as they
 * stand.
 */
public final class Browser {
  private final String url;
  private final HttpClient client;

  public Browser(String url) {
    this(
        url,
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build());
  }

  private Browser(String url, HttpClient client) {
    this.url = url;
    this.client = client;
  }

  /** A person who has signed in as the administrator of a {@link RunningPostroom}. */
  public static Browser signedIn(RunningPostroom postroom) {
    var browser = new Browser(postroom.url());
    browser.submit(
        "/sign-in",
        "form[action$=/sign-in]",
        Map.of("email", RunningPostroom.ADMIN, "password", RunningPostroom.PASSWORD));
    return browser;
  }

  /** A page, or what a form gave: status, address after redirects, and the parsed HTML. */
  public record Page(int status, String path, HttpResponse<String> response, Document html) {}

  public Page open(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
  }

  /**
   * Opens the page, fills the form that the selector finds, keeps its other values, and sends it.
   */
  public Page submit(String path, String form, Map<String, String> values) {
    return submit(open(path), form, values);
  }

  /** Sends a form of a page that is open already. */
  public Page submit(Page page, String selector, Map<String, String> values) {
    return post(form(page, selector).attr("action"), fields(page, selector, values));
  }

  /** What a form of a page would send with these values in it. */
  public static Map<String, String> fields(Page page, String selector, Map<String, String> values) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Element field : form(page, selector).select("input[name], textarea[name], select[name]"))
      add(field, all);
    all.putAll(values);
    return all;
  }

  private static Element form(Page page, String selector) {
    Element form = page.html().selectFirst(selector);
    if (form == null)
      throw new AssertionError(
          "No form " + selector + " on " + page.path() + ":\n" + page.html().text());
    return form;
  }

  /** Sends fields as they are: no token is added. */
  public Page post(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return postBody(path, body);
  }

  /** Sends fields as they are and looks at the answer itself: a redirect is not followed. */
  public HttpResponse<String> sendOnly(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    try (HttpClient stays =
        HttpClient.newBuilder().cookieHandler(client.cookieHandler().orElseThrow()).build()) {
      return stays.send(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** The value of a cookie it keeps; empty where there is none. */
  public String cookie(String name) {
    return ((CookieManager) client.cookieHandler().orElseThrow())
        .getCookieStore().getCookies().stream()
            .filter(cookie -> cookie.getName().equals(name))
            .map(java.net.HttpCookie::getValue)
            .findFirst()
            .orElse("");
  }

  /** Goes on at another node with what this browser knows, as a load balancer sends people. */
  public Browser at(String otherUrl) {
    return new Browser(otherUrl, client);
  }

  /** Sends encoded fields as they are, of which several may have one name. */
  public Page postBody(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static void add(Element field, Map<String, String> all) {
    if (field.hasAttr("type")
        && field.attr("type").matches("checkbox|radio")
        && !field.hasAttr("checked")) return;
    if (field.attr("type").equals("file")) return;
    if (field.normalName().equals("select")) {
      Element chosen = field.selectFirst("option[selected]");
      Element first = chosen == null ? field.selectFirst("option") : chosen;
      if (first != null) all.put(field.attr("name"), first.attr("value"));
    } else {
      all.put(
          field.attr("name"),
          field.normalName().equals("textarea") ? field.wholeText() : field.attr("value"));
    }
  }

  private Page send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Page(
          response.statusCode(), response.uri().getPath(), response, Jsoup.parse(response.body()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
