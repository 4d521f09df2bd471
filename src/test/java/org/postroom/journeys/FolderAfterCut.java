package org.postroom.journeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.postroom.journeys.FolderLog.Folder;
import org.postroom.journeys.FolderLog.Gone;
import org.postroom.journeys.FolderLog.Length;
import org.postroom.journeys.FolderLog.Linked;
import org.postroom.journeys.FolderLog.Made;
import org.postroom.journeys.FolderLog.Moved;
import org.postroom.journeys.FolderLog.Step;
import org.postroom.journeys.FolderLog.Synced;
import org.postroom.journeys.FolderLog.Written;

/**
 * A folder as a power cut leaves it: what was waited for, and of the rest whichever sectors happen
 * to have reached the disk. Names are as they were at that moment: file systems with a journal keep
 * their order.
 */
final class FolderAfterCut {
  private static final int SECTOR = 512;
  private final Path base;
  private final Map<String, File> names = new LinkedHashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> folders = new HashSet<>();
  private final Set<File> changed = new HashSet<>();

  /** What lies on the disk, whatever it is called. */
  private static final class File {
    final String base;
    final Map<Integer, Step> steps = new LinkedHashMap<>();
    int durable;

    File(String base) {
      this.base = base;
    }
  }

  private FolderAfterCut(Path base) {
    this.base = base;
  }

  /**
   * Makes the folder.
   *
   * @param base a copy of the folder as it was when the log began
   * @param cut the number of the step before which the power went
   * @param honest whether waiting for a file's name keeps what was written
   * @param reached asked for each sector nobody waited for
   */
  static void make(
      Path base,
      FolderLog log,
      int cut,
      Predicate<String> honest,
      BooleanSupplier reached,
      Path target)
      throws IOException {
    var after = new FolderAfterCut(base);
    for (int i = 0; i < cut; i++) after.take(i, log.steps().get(i), honest);
    after.write(target, reached);
  }

  private void take(int number, Step step, Predicate<String> honest) {
    switch (step) {
      case Made(String file) -> {
        if (find(file) == null) put(file, new File(""));
      }
      case Written written -> change(written.file(), number, step);
      case Length length -> change(length.file(), number, step);
      case Moved(String from, String to) -> {
        File file = find(from);
        if (file == null) return;
        remove(from);
        put(to, file);
      }
      case Linked(String from, String to) -> {
        File file = find(from);
        if (file != null) put(to, file);
      }
      case Gone(String file) -> remove(file);
      case Folder(String name) -> folders.add(name);
      case Synced(String name, int began) -> {
        File file = find(name);
        if (file != null && honest.test(name)) file.durable = Math.max(file.durable, began);
      }
    }
  }

  private void change(String name, int number, Step step) {
    File file = find(name);
    if (file == null) return;
    file.steps.put(number, step);
    changed.add(file);
  }

  private File find(String name) {
    File known = names.get(name);
    if (known != null) return known;
    if (gone.contains(name) || !Files.isRegularFile(base.resolve(name))) return null;
    var file = new File(name);
    names.put(name, file);
    return file;
  }

  private void put(String name, File file) {
    gone.remove(name);
    names.put(name, file);
    changed.add(file);
  }

  private void remove(String name) {
    names.remove(name);
    gone.add(name);
  }

  private void write(Path target, BooleanSupplier reached) throws IOException {
    copy(target);
    for (String name : folders) Files.createDirectories(target.resolve(name));
    Map<File, byte[]> contents = new HashMap<>();
    for (Map.Entry<String, File> each : names.entrySet()) {
      File file = each.getValue();
      if (!changed.contains(file)) continue;
      if (!contents.containsKey(file)) contents.put(file, content(file, reached));
      Path path = target.resolve(each.getKey());
      if (Files.isDirectory(path.getParent())) Files.write(path, contents.get(file));
    }
  }

  private void copy(Path target) throws IOException {
    List<Path> all = new ArrayList<>();
    try (var walk = Files.walk(base)) {
      walk.forEach(all::add);
    }
    for (Path path : all) {
      String name = base.relativize(path).toString();
      if (gone.contains(name)) continue;
      Path to = name.isEmpty() ? target : target.resolve(name);
      if (Files.isDirectory(path)) Files.createDirectories(to);
      else Files.copy(path, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.setPosixFilePermissions(
        target, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  private byte[] content(File file, BooleanSupplier reached) throws IOException {
    byte[] content =
        file.base.isEmpty() ? new byte[0] : Files.readAllBytes(base.resolve(file.base));
    for (Map.Entry<Integer, Step> each : file.steps.entrySet()) {
      boolean kept = each.getKey() < file.durable;
      content =
          switch (each.getValue()) {
            case Written written -> write(content, written, kept, reached);
            case Length(String _, long length, boolean exactly) ->
                (kept || reached.getAsBoolean()) && (exactly || length > content.length)
                    ? Arrays.copyOf(content, (int) length)
                    : content;
            default -> content;
          };
    }
    return content;
  }

  private static byte[] write(
      byte[] content, Written written, boolean kept, BooleanSupplier reached) {
    byte[] result = content;
    byte[] bytes = written.bytes();
    for (int from = 0; from < bytes.length; ) {
      int place = (int) written.offset() + from;
      int length = Math.min(bytes.length - from, SECTOR - place % SECTOR);
      if (kept || reached.getAsBoolean()) {
        if (place + length > result.length)
          result = Arrays.copyOf(result, (int) written.offset() + bytes.length);
        System.arraycopy(bytes, from, result, place, length);
      }
      from += length;
    }
    return result;
  }
}
