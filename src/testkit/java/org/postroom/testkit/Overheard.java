package org.postroom.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.postroom.transport.Conversation;
import org.postroom.transport.Stage;

/** A conversation that keeps what it hears. */
public final class Overheard implements Conversation {
  private final BooleanSupplier mayHandOver;
  private final boolean probing;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Stage> stages = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public Overheard(BooleanSupplier mayHandOver) {
    this(mayHandOver, false);
  }

  private Overheard(BooleanSupplier mayHandOver, boolean probing) {
    this.mayHandOver = mayHandOver;
    this.probing = probing;
  }

  /** Somebody who waits and watches. */
  public static Overheard ofProbe() {
    return new Overheard(() -> true, true);
  }

  /** Lets everything be handed over. */
  public Overheard() {
    this(() -> true);
  }

  @Override
  public void passed(Stage stage, String evidence, Duration took) {
    if (took.isNegative()) throw new IllegalArgumentException("A stage cannot take less than 0.");
    stages.add(stage);
    lines.add(stage + ": " + evidence);
  }

  @Override
  public void said(String line) {
    lines.add(line);
  }

  @Override
  public boolean probing() {
    return probing;
  }

  @Override
  public boolean mayHandOver() {
    asked.incrementAndGet();
    return mayHandOver.getAsBoolean();
  }

  public int asked() {
    return asked.get();
  }

  public List<Stage> stages() {
    return List.copyOf(stages);
  }

  /** Everything heard: the lines of the talk and the evidence of each stage. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
