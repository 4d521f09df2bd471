package org.postroom.net;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's body that notes when its last bytes were taken by the network. Before that no server
 * can have the whole request; afterwards it may have acted on it.
 */
final class WatchedBody implements BodyPublisher {
  private final BodyPublisher body;
  private final long length;
  private final AtomicBoolean sent;

  WatchedBody(byte[] bytes, AtomicBoolean sent) {
    this.body = BodyPublishers.ofByteArray(bytes);
    this.length = bytes.length;
    this.sent = sent;
    // The client does not even ask for an empty body; its head alone is the whole request.
    if (length == 0) sent.set(true);
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(new Counting(subscriber));
  }

  private final class Counting implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> next;
    private long taken;

    Counting(Flow.Subscriber<? super ByteBuffer> next) {
      this.next = next;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      next.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      taken += part.remaining();
      if (taken >= length) sent.set(true);
      next.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      next.onError(failure);
    }

    @Override
    public void onComplete() {
      next.onComplete();
    }
  }
}
