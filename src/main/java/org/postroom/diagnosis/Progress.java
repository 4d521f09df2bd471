package org.postroom.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.diagnosis.CheckStage.Result;
import org.postroom.diagnosis.Plan.Line;
import org.postroom.transport.Stage;

/** How far a check has come: lines are closed one after the other, and each is told once. */
final class Progress {
  private final List<Line> lines;
  private final List<CheckStage> stages = new ArrayList<>();
  private final CheckListener listener;
  private int next;
  private long lineSince = System.nanoTime();
  private Duration took = Duration.ZERO;
  private final List<String> evidence = new ArrayList<>();

  Progress(Plan plan, CheckListener listener) {
    this.lines = plan.lines();
    this.listener = listener;
    for (Line line : lines) stages.add(CheckStage.open(line.name(), line.label()));
    listener.begins(stages());
  }

  List<CheckStage> stages() {
    return List.copyOf(stages);
  }

  /** Name of the line that is looked at now. */
  String current() {
    return lines.get(Math.min(next, lines.size() - 1)).name();
  }

  /** The stage of the conversation that the line under way waits for. */
  Stage waitingFor() {
    for (int at = next; at < lines.size(); at++)
      for (Stage stage : lines.get(at).covers()) return stage;
    return Stage.CONTENT;
  }

  /** The conversation came past a stage; what comes before in the plan went well, too. */
  void passed(Stage stage, String what, Duration time) {
    int at = covering(stage);
    if (at < next) return;
    while (next < at) close(Result.OK, null);
    took = took.plus(time);
    if (!what.isBlank()) evidence.add(what);
    boolean last = lines.get(at).covers().stream().noneMatch(other -> other.compareTo(stage) > 0);
    if (last) close(Result.OK, null);
  }

  /** A line that stands for no stage of the conversation. */
  void passed(String name, @Nullable String what) {
    upTo(name);
    if (what != null) evidence.add(what);
    close(Result.OK, null);
  }

  void advice(String name, String sentence) {
    upTo(name);
    close(Result.ADVICE, sentence);
  }

  /** Whatever is left went well: the message was taken. */
  void allPassed(String lastButNot) {
    while (next < lines.size() && !lines.get(next).name().equals(lastButNot))
      close(Result.OK, null);
  }

  /** Ends it at the line of that stage, or at the one under way where that line is done. */
  void failed(Stage stage, String what, String sentence) {
    int at = Math.max(covering(stage), next);
    while (next < Math.min(at, lines.size() - 1)) close(Result.OK, null);
    fail(what, sentence);
  }

  void failed(String name, @Nullable String what, String sentence) {
    upTo(name);
    fail(what, sentence);
  }

  private void fail(@Nullable String what, String sentence) {
    if (next >= lines.size()) return;
    if (what != null) evidence.add(what);
    close(Result.FAILED, sentence);
    next = lines.size();
  }

  private void close(Result result, @Nullable String sentence) {
    Line line = lines.get(next);
    long now = System.nanoTime();
    Duration time = took.isZero() ? Duration.ofNanos(now - lineSince) : took;
    var stage =
        new CheckStage(
            line.name(),
            line.label(),
            result,
            time,
            evidence.isEmpty() ? null : String.join("; ", evidence),
            sentence == null ? line.passed() : sentence);
    stages.set(next, stage);
    evidence.clear();
    took = Duration.ZERO;
    lineSince = now;
    next++;
    listener.stage(stage);
  }

  private void upTo(String name) {
    while (next < lines.size() && !lines.get(next).name().equals(name)) close(Result.OK, null);
  }

  private int covering(Stage stage) {
    for (int at = 0; at < lines.size(); at++) if (lines.get(at).covers().contains(stage)) return at;
    return -1;
  }
}
