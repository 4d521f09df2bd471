package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.Postroom;
import org.postroom.db.Database;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole product in this JVM, on a free port with a data folder of its own, started unattended:
 * an administrator and one API key of full scope exist.
 */
public final class RunningPostroom implements AutoCloseable {
  public static final String API_KEY = "pr_live_testkit0000000000000000000000000000000000000000";
  public static final String ADMIN = "admin@acme.example";
  public static final String PASSWORD = "correct horse battery staple";
  private static final String SECRET_KEY = "a2V5IG9mIHRoZSB0ZXN0cywgZXhhY3RseSAzMiBieXQ=";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ConfigurableApplicationContext context;
  private final String url;
  private final DnsServer dns;
  private final String key;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningPostroom(ConfigurableApplicationContext context, DnsServer dns, String key) {
    this.context = context;
    this.dns = dns;
    this.key = key;
    this.url =
        "http://127.0.0.1:"
            + ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  /** On the embedded database in a new temporary folder. */
  public static RunningPostroom start() {
    return start(Map.of());
  }

  /** On a fresh database of that kind. */
  public static RunningPostroom start(TestDatabase database) {
    return start(settings(database));
  }

  /**
   * On that database, which keeps the clock it was opened with; whoever opened it closes it. The
   * product's own threads are at work as ever.
   */
  public static RunningPostroom start(Database database) {
    return start(
        Map.of(),
        context ->
            ((GenericApplicationContext) context)
                .registerBean(
                    "databaseOfTest",
                    Database.class,
                    () -> database,
                    definition -> {
                      definition.setPrimary(true);
                      definition.setDestroyMethodName("");
                    }));
  }

  /**
   * The settings that lead to a fresh database of that kind. PostgreSQL comes with a key for stored
   * passwords: to open the one that nodes share takes long on purpose.
   */
  public static Map<String, Object> settings(TestDatabase database) {
    Map<String, Object> settings = new HashMap<>(address(database));
    if (database == TestDatabase.POSTGRESQL) settings.put("POSTROOM_SECRET_KEY", SECRET_KEY);
    return settings;
  }

  /** Only where a fresh database of that kind is: nodes on it share a key of their own. */
  public static Map<String, Object> address(TestDatabase database) {
    return switch (database) {
      case SQLITE -> Map.of();
      case POSTGRESQL -> Map.of("POSTROOM_DATABASE_URL", TestDatabase.migratedPostgresUrl());
    };
  }

  /** With further settings, such as POSTROOM_DATABASE_URL. */
  public static RunningPostroom start(Map<String, Object> settings) {
    return start(settings, context -> {});
  }

  /** With a clock that the test moves; null: the real one. */
  public static RunningPostroom start(Map<String, Object> settings, @Nullable TestClock clock) {
    return start(
        settings,
        context -> {
          if (clock != null) context.getBeanFactory().registerSingleton("clock", clock);
        });
  }

  /** With beans of the test's own: one of the name of a component takes its place. */
  public static RunningPostroom start(
      Map<String, Object> settings,
      ApplicationContextInitializer<ConfigurableApplicationContext> more) {
    Map<String, Object> all = new HashMap<>();
    all.put("POSTROOM_HOME", temporaryFolder().toString());
    all.put("POSTROOM_HTTP_PORT", "0");
    all.put("POSTROOM_ISPDB_URL", "none");
    all.put("POSTROOM_ADMIN_EMAIL", ADMIN);
    all.put("POSTROOM_ADMIN_PASSWORD", PASSWORD);
    all.put("POSTROOM_API_KEY", API_KEY);
    all.put("POSTROOM_WEBHOOK_NETWORKS", "127.0.0.0/8");
    all.put("POSTROOM_COMPANY", "Acme Bakery Supplies");
    DnsServer dns = DnsServer.start(); // no test asks the real one
    all.put("POSTROOM_DNS_SERVER", dns.setting());
    all.putAll(settings);
    String[] arguments =
        all.entrySet().stream()
            .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    return new RunningPostroom(
        new SpringApplicationBuilder(Postroom.class)
            .registerShutdownHook(false)
            .contextFactory(_ -> new KnownClasses())
            .initializers(KnownClasses::withoutTestFilter, more)
            .run(arguments),
        dns,
        API_KEY);
  }

  /** The same product, asked with another key: another company's, say. Close only the first. */
  public RunningPostroom with(String otherKey) {
    return new RunningPostroom(context, dns, otherKey);
  }

  /** The key that requests are made with. */
  public String key() {
    return key;
  }

  public String url() {
    return url;
  }

  /** What it asks about domains, unless the settings name another server. */
  public DnsServer dns() {
    return dns;
  }

  /** A bean of the running application, for what cannot be seen from outside. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** One of several beans of a type. */
  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<byte[]> bytes(String path) {
    try {
      return client.send(request(path).GET().build(), BodyHandlers.ofByteArray());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public HttpResponse<String> put(String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> put(String path, String json) {
    return put(path, "application/json", json);
  }

  public HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** A request to this Postroom with the API key; add what is needed. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + key);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** Lets go of the application too: test classes keep this object for as long as the JVM lives. */
  @Override
  public void close() {
    if (context == null) return;
    context.close();
    context = null;
    client.shutdownNow();
    dns.close();
  }

  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("postroom-home");
      TestDatabase.putEmbedded(folder);
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
