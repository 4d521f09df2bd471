package org.postroom.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can be named at one place of a text: what the innermost block is about, then what the blocks
 * around it are about.
 */
final class Frames {
  private final List<Frame> frames = new ArrayList<>();

  /**
   * @param path from the model's root, such as {@code document.lines}; null where it is unknown
   */
  private record Frame(Names names, @Nullable String path) {}

  /** What a name means, and its path from the model's root. */
  record Meaning(Names names, @Nullable String path) {}

  Frames(Names root) {
    frames.add(new Frame(root, ""));
  }

  void push(Meaning about) {
    frames.add(new Frame(about.names(), about.path()));
  }

  void pop() {
    frames.removeLast();
  }

  boolean inLoop() {
    return frames.size() > 1;
  }

  boolean canClimb(int up) {
    return up < frames.size();
  }

  Optional<Meaning> find(Expression.Name name) {
    if (!canClimb(name.up())) return Optional.empty();
    int top = frames.size() - 1 - name.up();
    if (name.here()) return follow(frames.get(top), name.path());
    Optional<Meaning> free = Optional.empty();
    for (int i = top; i >= 0; i--) {
      Optional<Meaning> found = follow(frames.get(i), name.path());
      if (found.isPresent() && !frames.get(i).names().isFree()) return found;
      if (found.isPresent() && free.isEmpty()) free = found;
    }
    return free;
  }

  private static Optional<Meaning> follow(Frame frame, List<String> path) {
    Names names = frame.names();
    String full = frame.path();
    for (String word : path) {
      Names next = names.at(word);
      if (next == null) return Optional.empty();
      names = next;
      full = full == null ? null : full.isEmpty() ? word : full + "." + word;
    }
    return Optional.of(new Meaning(names, full));
  }

  /** How all that has a name here would be written here. */
  Set<String> known() {
    Set<String> all = new TreeSet<>();
    for (Frame frame : frames) collect(all, "", frame.names());
    return all;
  }

  /** How all that such a name could mean would be written here. */
  Set<String> known(Expression.Name like) {
    if (!like.here()) return known();
    Set<String> all = new TreeSet<>();
    collect(all, "", frames.get(frames.size() - 1 - like.up()).names());
    String climb = "../".repeat(like.up());
    String start = climb.isEmpty() ? "this." : climb;
    return all.stream().map(start::concat).collect(Collectors.toCollection(TreeSet::new));
  }

  private static void collect(Set<String> all, String path, Names names) {
    if (!path.isEmpty()) all.add(path);
    if (!names.isGroup()) return;
    names
        .below()
        .forEach((word, below) -> collect(all, path.isEmpty() ? word : path + "." + word, below));
  }
}
