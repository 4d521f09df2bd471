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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postroom.Postroom;

/**
 * The product in a process of its own, for what only a real death shows. It keeps its data folder,
 * port and settings over {@link #kill()} and {@link #restart()}; its output is appended to one
 * file, {@link #log()}.
 */
public final class PostroomProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Path home;
  private final int port;
  private final Map<String, String> settings;
  private final Launch how;
  private Process process;

  private PostroomProcess(Path home, int port, Map<String, String> settings, Launch how)
      throws IOException {
    this.home = home;
    this.port = port;
    this.settings = settings;
    this.how = how;
    this.process = launch();
  }

  /** With an administrator and an API key as in {@link RunningPostroom}, ready to answer. */
  public static PostroomProcess start() {
    return start(Map.of());
  }

  /** With further settings, such as POSTROOM_DATABASE_URL; ready to answer. */
  public static PostroomProcess start(Map<String, String> settings) {
    return start(settings, Launch.usual());
  }

  /** As above; a test that starts it many times asks for {@link Launch#quick()}. */
  public static PostroomProcess start(Map<String, String> settings, Launch how) {
    try {
      return start(Files.createTempDirectory("postroom-process"), settings, how);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** In a data folder that is there already, such as a restored one. */
  public static PostroomProcess start(Path home, Map<String, String> settings, Launch how) {
    Map<String, String> all = new HashMap<>();
    all.put("POSTROOM_ADMIN_EMAIL", RunningPostroom.ADMIN);
    all.put("POSTROOM_ADMIN_PASSWORD", RunningPostroom.PASSWORD);
    all.put("POSTROOM_API_KEY", RunningPostroom.API_KEY);
    all.put("POSTROOM_COMPANY", "Acme Bakery Supplies");
    all.putAll(settings);
    try {
      var postroom = new PostroomProcess(home, FreePort.next(), all, how);
      postroom.awaitReady();
      return postroom;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where it answers; the same after a restart. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public Path home() {
    return home;
  }

  /** All that it has printed, over all its lives. */
  public Path log() {
    return home.resolve("output.log");
  }

  /** For signals that this class does not send, such as SIGSTOP. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing is flushed, nothing is said. Returns when it is dead. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM: it may finish what it is doing. Returns its exit code. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Starts it again on the same data, port and settings; kills it first when it is running. */
  public void restart() {
    launchAgain();
    awaitReady();
  }

  /** Like {@link #restart()}, but does not wait until it is ready. */
  public void launchAgain() {
    if (process.isAlive()) kill();
    try {
      process = launch();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A request to this Postroom with the API key; add what is needed. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .header("Authorization", "Bearer " + RunningPostroom.API_KEY);
  }

  /** Sends it; an {@link UncheckedIOException} when the process dies meanwhile. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    kill();
    client.close();
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(how.flags());
    command.addAll(List.of("-cp", how.classPath(), Postroom.class.getName()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("POSTROOM_"));
    builder.environment().putAll(settings);
    builder.environment().put("POSTROOM_HOME", home.toString());
    builder.environment().put("POSTROOM_HTTP_PORT", Integer.toString(port));
    return builder.start();
  }

  /** Polls until it says that it can take work. */
  private void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!process.isAlive()) throw new IllegalStateException("Postroom ended early:\n" + output());
      if (System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "Postroom is not ready after " + PATIENCE + ":\n" + output());
      }
    }
  }

  private boolean isReady() {
    try {
      // Waits for the process between two tries: an early end is noticed at once.
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) return false;
      return send(request("/readyz").timeout(Duration.ofSeconds(5))).statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("Postroom does not stop:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private String output() {
    try {
      return Files.readString(log());
    } catch (IOException failure) {
      return "(no output: " + failure.getMessage() + ")";
    }
  }
}
