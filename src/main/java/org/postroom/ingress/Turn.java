package org.postroom.ingress;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Whose turn it is on a connection, and until when. A session waits for its client without a
 * timeout of its own; who watches over all of them ends what is overdue, and on stopping whatever
 * is not in the middle of a content. Moments are {@link System#nanoTime}.
 */
final class Turn {
  private enum At {
    /** We are at it: nobody else touches the connection. */
    WORKING,
    /** The client is to say something. */
    WAITING,
    /** The client is to read something, or to agree on keys. */
    WRITING,
    CLOSED
  }

  private static final long DRAIN = Duration.ofSeconds(2).toNanos();
  private final Bounds bounds;
  private final long began = System.nanoTime();
  private At at = At.WORKING;
  private boolean known;
  private boolean content;
  private boolean stopping;
  private long contentEnds;
  private long deadline;

  Turn(Bounds bounds) {
    this.bounds = bounds;
  }

  /** The program has signed in: it may take its time. */
  synchronized void known() {
    known = true;
  }

  /** A content begins, or has ended. */
  synchronized void content(boolean begins) {
    content = begins;
    contentEnds = System.nanoTime() + (stopping ? bounds.farewell() : bounds.content()).toNanos();
  }

  /** False where nothing more is awaited, because Postroom stops. */
  synchronized boolean waits() {
    if (stopping && !content) return false;
    long now = System.nanoTime();
    deadline = now + bounds.command().toNanos();
    if (content) deadline = earlier(deadline, contentEnds);
    else if (!known) deadline = earlier(deadline, began + bounds.signIn().toNanos());
    return become(At.WAITING);
  }

  synchronized boolean writes() {
    deadline = System.nanoTime() + bounds.command().toNanos();
    return become(At.WRITING);
  }

  /** It is ours again; false where somebody closed the connection meanwhile. */
  synchronized boolean works() {
    return become(At.WORKING);
  }

  /** Closes what has waited too long: with a word while the client is to speak, else without. */
  synchronized void expire(long now, Wire wire, Consumer<Runnable> aside) {
    if (at == At.WORKING || now - deadline < 0) return;
    if (at == At.WAITING) close(wire, stopping ? Reply.STOPPING : Reply.IDLE, aside);
    else wire.close();
  }

  /** Ends it now, unless a content is under way: that gets a little time. */
  synchronized void stop(Wire wire, Consumer<Runnable> aside) {
    stopping = true;
    contentEnds = earlier(contentEnds, System.nanoTime() + bounds.farewell().toNanos());
    if (at == At.WAITING && content) deadline = earlier(deadline, contentEnds);
    else if (at == At.WAITING) close(wire, Reply.STOPPING, aside);
  }

  /** Saying farewell may take as long as the client likes; a second look closes without. */
  private void close(Wire wire, Reply farewell, Consumer<Runnable> aside) {
    at = At.CLOSED;
    deadline = System.nanoTime() + DRAIN;
    aside.accept(() -> wire.close(farewell));
  }

  private boolean become(At next) {
    if (at == At.CLOSED) return false;
    at = next;
    return true;
  }

  private static long earlier(long one, long other) {
    return one - other < 0 ? one : other;
  }
}
