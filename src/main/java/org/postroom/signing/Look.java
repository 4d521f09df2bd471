package org.postroom.signing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;
import org.postroom.signing.SigningKey.Entry;
import org.springframework.stereotype.Component;

/** What the world sees of a key now. */
@Component
class Look {
  private final Dns dns;

  Look(Dns dns) {
    this.dns = dns;
  }

  /** Asks for all records at the same time; takes as long as one question may. */
  SigningKey at(SigningKey key) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Entry>> asked =
          key.entries().stream()
              .map(entry -> CompletableFuture.supplyAsync(() -> seen(key, entry), threads))
              .toList();
      return key.with(asked.stream().map(CompletableFuture::join).toList());
    }
  }

  /** Several records at one name: verifiers may take any of them (RFC 6376 3.6.2.2). */
  private Entry seen(SigningKey key, Entry entry) {
    DnsAnswer<String> answer = dns.txt(key.name(entry));
    if (!answer.known()) return entry.seen(Published.UNKNOWN);
    List<String> texts = answer.all();
    if (texts.isEmpty()) return entry.seen(Published.MISSING);
    boolean fits = texts.size() == 1 && entry.record().isPublishedAs(texts.getFirst());
    return entry.seen(fits ? Published.OK : Published.DIFFERENT);
  }
}
