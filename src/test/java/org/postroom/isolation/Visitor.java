package org.postroom.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Somebody with a session or with a key, who looks at every answer itself: no redirect is followed.
 */
final class Visitor {
  private static final String BOUNDARY = "postroom-isolation";
  private final String url;
  private final String key;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();
  private String token = "";

  private Visitor(String url, String key) {
    this.url = url;
    this.key = key;
  }

  static Visitor withKey(String url, String key) {
    return new Visitor(url, key);
  }

  /** A person who has signed in. */
  static Visitor signedIn(String url, String email, String password) {
    var person = new Visitor(url, "");
    person.token = csrf(person.get("/sign-in"));
    var fields = new Form("/sign-in", false).with("email", email).with("password", password);
    HttpResponse<String> reply = person.send(fields);
    if (reply.statusCode() != 302
        || reply.headers().firstValue("Location").orElse("").contains("?"))
      throw new AssertionError(email + " cannot sign in: " + reply.statusCode());
    person.token = csrf(person.get("/company"));
    return person;
  }

  HttpResponse<String> get(String address) {
    return send("GET", address, null, "");
  }

  /** As a proxy passes on what comes from another machine. */
  HttpResponse<String> elsewhere(String address) {
    return answer(request(address).header("X-Forwarded-For", "192.0.2.7").GET());
  }

  /** A form as it stands, with this visitor's own token against forged ones. */
  HttpResponse<String> send(Form form) {
    return form.multipart()
        ? send("POST", form.action(), "multipart/form-data; boundary=" + BOUNDARY, multipart(form))
        : send(
            "POST",
            form.action(),
            "application/x-www-form-urlencoded",
            form.with("_csrf", token).encoded());
  }

  HttpResponse<String> send(String method, String address, String type, String body) {
    HttpRequest.Builder request = request(address);
    if (type != null) request.header("Content-Type", type);
    return answer(
        request.method(
            method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + address)).timeout(Duration.ofSeconds(30));
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private String multipart(Form form) {
    var body = new StringBuilder();
    form.with("_csrf", token)
        .fields()
        .forEach(field ->
            body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(field.name())
                .append(
                    field.file()
                        ? "\"; filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\nref,name\r\n71,Somebody"
                        : "\"\r\n\r\n" + field.value())
                .append("\r\n"));
    return body.append("--" + BOUNDARY + "--\r\n").toString();
  }

  private static String csrf(HttpResponse<String> page) {
    Element field = Jsoup.parse(page.body()).selectFirst("input[name=_csrf]");
    if (field == null) throw new AssertionError("No form on " + page.uri());
    return field.attr("value");
  }
}
