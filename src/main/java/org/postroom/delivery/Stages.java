package org.postroom.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postroom.transport.Stage;

/** The stages that a try has passed, with what each took; told by the thread that tries. */
final class Stages {
  private final List<MessageTried.Passed> passed = new ArrayList<>();
  private final long began = System.nanoTime();

  void passed(Stage stage, Duration took) {
    Duration ended = Duration.ofNanos(System.nanoTime() - began);
    passed.add(new MessageTried.Passed(stage, ended.minus(took), took));
  }

  List<MessageTried.Passed> all() {
    return List.copyOf(passed);
  }
}
