package org.postroom.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up in a bounded time. The system's resolver can hang and cannot be interrupted: each
 * name is asked by one thread of its own, and whoever wants it meanwhile waits for the same answer.
 */
public final class Names {
  private final Lookup lookup;
  private final Map<String, CompletableFuture<List<InetAddress>>> asked = new ConcurrentHashMap<>();

  public Names(Lookup lookup) {
    this.lookup = lookup;
  }

  /** The system's resolver, or a test's. */
  public interface Lookup {
    Lookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  /** All addresses; throws {@link TimeoutException} when there is no answer in time. */
  public List<InetAddress> addresses(String host, Duration limit)
      throws UnknownHostException, TimeoutException, InterruptedException {
    try {
      return asked.computeIfAbsent(host, this::ask).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownHostException unknown) throw unknown;
      throw new IllegalStateException(failed.getCause());
    }
  }

  private CompletableFuture<List<InetAddress>> ask(String host) {
    var answer = new CompletableFuture<List<InetAddress>>();
    Thread.ofPlatform()
        .daemon()
        .name("name-lookup")
        .start(() -> {
          try {
            answer.complete(lookup.addresses(host));
          } catch (UnknownHostException | RuntimeException failure) {
            answer.completeExceptionally(failure);
          } finally {
            asked.remove(host);
          }
        });
    return answer;
  }
}
