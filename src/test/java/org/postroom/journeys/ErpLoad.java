package org.postroom.journeys;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.postroom.testkit.PostroomProcess;

/**
 * ERPs that never give up: each request is repeated with the same key until Postroom says that it
 * has it. Half of them send finished texts, half put an invoice and tell its event.
 */
final class ErpLoad {
  private static final int THREADS = 4;
  private static final int MOST_WAITING = 60;
  private static final Duration BREATH = Duration.ofMillis(20);

  private final PostroomProcess postroom;
  private final IntSupplier arrived;
  private final Queue<String> texts = new ConcurrentLinkedQueue<>();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  /**
   * @param arrived how many mails have arrived; the load waits where it is too far ahead of them
   */
  ErpLoad(PostroomProcess postroom, IntSupplier arrived) {
    this.postroom = postroom;
    this.arrived = arrived;
  }

  void begin() {
    for (int i = 0; i < THREADS; i++) {
      boolean text = i % 2 == 0;
      threads.add(Thread.ofVirtual().name("erp").start(() -> work(text)));
    }
  }

  /** Begins no more requests and returns when all that were begun are acknowledged. */
  void end() throws InterruptedException {
    over = true;
    for (Thread thread : threads) thread.join();
  }

  /** The subjects of the texts that Postroom acknowledged. */
  List<String> texts() {
    return List.copyOf(texts);
  }

  /** The invoice numbers of the events that Postroom acknowledged. */
  List<String> events() {
    return List.copyOf(events);
  }

  /** Answers that no retry will change. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How many requests had to be sent again. */
  int repeated() {
    return repeated.get();
  }

  private void work(boolean text) {
    while (!over) {
      if (texts.size() + events.size() > arrived.getAsInt() + MOST_WAITING) breathe();
      else if (text) sendText(next.incrementAndGet());
      else tellEvent(next.incrementAndGet());
    }
  }

  private void sendText(int number) {
    String subject = "Text %d.".formatted(number);
    String body =
        """
        {"subject": "%s", "text": "Good morning", "to": ["text%d@customer.example"]}
        """
            .formatted(subject, number);
    if (insist("/api/v1/messages", "POST", "application/json", "text-" + number, body))
      texts.add(subject);
  }

  private void tellEvent(int number) {
    String invoice = "INV-%d".formatted(number);
    String document =
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
         "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00", "due": "32.70"}}
        """;
    String event =
        """
        {"specversion": "1.0", "id": "issued-%d", "source": "/erp/acme", "type": "invoice.issued", "data": {"kind": "invoice", "number": "%s"}}
        """
            .formatted(number, invoice);
    String path = "/api/v1/documents/invoice/" + invoice;
    if (insist(path, "PUT", "application/json", null, document)
        && insist("/api/v1/events", "POST", "application/cloudevents+json", null, event))
      events.add(invoice);
  }

  /** True once it is acknowledged; false when it is refused for good. */
  private boolean insist(String path, String verb, String type, String key, String body) {
    for (int i = 0; ; i++) {
      if (i > 0) repeated.incrementAndGet();
      HttpRequest.Builder request = postroom.request(path).header("Content-Type", type);
      if (key != null) request.header("Idempotency-Key", key);
      request.timeout(Duration.ofSeconds(30)).method(verb, BodyPublishers.ofString(body));
      try {
        HttpResponse<String> answer = postroom.send(request);
        if (answer.statusCode() / 100 == 2) return true;
        boolean again = answer.statusCode() >= 500 || isRunning(answer);
        if (!again) {
          complaints.add(answer.statusCode() + " " + answer.body());
          return false;
        }
      } catch (UncheckedIOException away) {
        // It was killed; whether it took the request nobody knows, so it is sent again. Its next
        // start must not be held up by those who knock.
        LockSupport.parkNanos(5 * BREATH.toNanos());
      }
      breathe();
    }
  }

  private static boolean isRunning(HttpResponse<String> answer) {
    return answer.statusCode() == 409 && answer.body().contains("idempotency_running");
  }

  /** As a client does between two tries. */
  private static void breathe() {
    LockSupport.parkNanos(BREATH.toNanos());
  }
}
