package org.postroom.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Postroom, asked over its API. */
final class Server implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_TOLD = 100_000;
  private static final String NOT_POSTROOM = "What answers there does not seem to be Postroom.";

  private final String url;
  private final String key;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private Server(String url, String key) {
    this.url = url;
    this.key = key;
  }

  static Server of(Words words) throws Wrong {
    return new Server(words.server(), words.key());
  }

  /** A request to the API; add what is needed. */
  HttpRequest.Builder request(String path) throws Wrong {
    try {
      return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
          .timeout(LONGEST)
          .header("Authorization", "Bearer " + key);
    } catch (IllegalArgumentException notAnAddress) {
      throw new Wrong("“" + url + "” is not an address such as http://localhost:8025.");
    }
  }

  JsonNode get(String path) throws Wrong, Refused, IOException, InterruptedException {
    return json(request(path).GET());
  }

  JsonNode post(String path, String type, byte[] body)
      throws Wrong, Refused, IOException, InterruptedException {
    return json(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  /** What it answers, refused where it is no success. */
  JsonNode json(HttpRequest.Builder request)
      throws Wrong, Refused, IOException, InterruptedException {
    HttpResponse<String> reply = send(request, BodyHandlers.ofString());
    if (reply.statusCode() / 100 != 2) throw refused(reply.body());
    return read(reply.body());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws Wrong, IOException, InterruptedException {
    try {
      return client.send(request.build(), handler);
    } catch (ConnectException nobody) {
      throw new Wrong("Postroom at " + url + " could not be asked: nobody listens there.");
    } catch (IOException away) {
      throw new Wrong("Postroom at " + url + " could not be asked: " + away.getMessage());
    }
  }

  /** What the problem report says, field by field where it names fields. */
  static Refused refused(String problem) {
    try {
      JsonNode node = JSON.readTree(problem);
      var text =
          new StringBuilder(node.path("detail").stringValue(node.path("title").stringValue("")));
      for (JsonNode error : node.path("errors"))
        text.append("\n  ")
            .append(error.path("pointer").stringValue(""))
            .append(": ")
            .append(error.path("message").stringValue(""));
      if (!text.isEmpty()) return new Refused(text.toString());
    } catch (JacksonException notJson) {
      // Something else than Postroom answered.
    }
    return new Refused(NOT_POSTROOM);
  }

  static Refused refused(InputStream problem) throws IOException {
    return refused(new String(problem.readNBytes(MOST_TOLD), StandardCharsets.UTF_8));
  }

  static JsonNode read(String json) throws Wrong {
    try {
      return JSON.readTree(json);
    } catch (JacksonException notJson) {
      throw new Wrong(NOT_POSTROOM);
    }
  }

  @Override
  public void close() {
    client.shutdownNow(); // close() would wait for answers nobody reads
  }
}
