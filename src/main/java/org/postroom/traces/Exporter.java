package org.postroom.traces;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Node;
import org.postroom.db.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends spans away in the background, where an address is set. Mail never waits for it: what the
 * receiver does not take in time is dropped and counted.
 */
@Component
class Exporter implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);
  private static final int MOST_WAITING = 8_192;
  private static final int MOST_AT_ONCE = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Optional<URI> receiver;
  private final String node;
  private final BlockingQueue<Span> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean running;
  private boolean complained;
  private @Nullable Thread thread;

  Exporter(Settings settings, Node node) {
    this.receiver = settings.get(Settings.Name.POSTROOM_TRACES_URL).map(Exporter::endpoint);
    this.node = node.name();
  }

  boolean on() {
    return receiver.isPresent();
  }

  void take(Span span) {
    if (on() && !waiting.offer(span)) dropped.incrementAndGet();
  }

  @Override
  public void start() {
    running = true;
    receiver.ifPresent(
        url -> thread = Thread.ofPlatform().daemon().name("traces").start(() -> run(url)));
  }

  /** What is there goes out; the receiver gets a little time for it. */
  @Override
  public void stop() {
    running = false;
    Thread sending = thread;
    if (sending == null) return;
    try {
      sending.join(FAREWELL);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped after delivery, so that its last steps are told. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1_000;
  }

  private void run(URI url) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      while (running || !waiting.isEmpty()) {
        List<Span> batch = next();
        if (!batch.isEmpty()) send(client, url, batch);
      }
      client.shutdownNow();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Span> next() throws InterruptedException {
    List<Span> batch = new ArrayList<>();
    Span first = waiting.poll(200, TimeUnit.MILLISECONDS);
    if (first == null) return batch;
    batch.add(first);
    waiting.drainTo(batch, MOST_AT_ONCE - 1);
    return batch;
  }

  private void send(HttpClient client, URI url, List<Span> batch) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(OtlpJson.of(batch, node)))
              .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) complained = false;
      else lost(batch, "it answers " + status);
    } catch (IOException away) {
      lost(batch, String.valueOf(away.getMessage()));
    }
  }

  /** Once, until it works again: a receiver that is away is no reason to fill the log. */
  private void lost(List<Span> batch, String why) {
    long all = dropped.addAndGet(batch.size());
    if (complained) return;
    complained = true;
    LOG.warn("Traces are not taken by {} ({}); {} steps are lost so far", receiver, why, all);
  }

  private static URI endpoint(String url) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      return URI.create(base.endsWith("/v1/traces") ? base : base + "/v1/traces");
    } catch (IllegalArgumentException noAddress) {
      throw new IllegalStateException("POSTROOM_TRACES_URL is no address: " + url, noAddress);
    }
  }
}
