package org.postroom.journeys;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process wrote into its files and when it waited for the disk, as strace saw it; gives the
 * files as a power cut at any moment might have left them.
 */
final class WriteLog {
  private static final int SECTOR = 512;
  private static final Pattern LINE =
      Pattern.compile("^(\\d+) +(\\d+\\.\\d+) (?:(\\w+)\\((.*)|<\\.\\.\\. (\\w+) resumed>(.*))$");
  private static final Pattern FILE = Pattern.compile("^\\d+<([^>]*)>(.*)$", Pattern.DOTALL);
  private static final Pattern WRITE =
      Pattern.compile("^, \"([^\"]*)\", (\\d+), (\\d+).*$", Pattern.DOTALL);

  /** One thing done to one file. */
  private sealed interface Step {
    Path file();
  }

  private record Written(Path file, int offset, byte[] bytes) implements Step {}

  private record Cut(Path file, int length) implements Step {}

  /**
   * @param began all steps before this one are on the disk when it has ended
   */
  private record Synced(Path file, int began) implements Step {}

  private final List<Step> steps = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();

  /**
   * @param since seconds of the epoch; what happened before is in the copy the files start from
   */
  static WriteLog read(Path trace, double since) throws IOException {
    var log = new WriteLog();
    Map<String, Synced> waiting = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
      String line;
      while ((line = lines.readLine()) != null) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || Double.parseDouble(matcher.group(2)) < since) continue;
        log.take(matcher, waiting);
      }
    }
    return log;
  }

  private void take(Matcher line, Map<String, Synced> waiting) {
    String thread = line.group(1);
    double at = Double.parseDouble(line.group(2));
    if (line.group(5) != null) {
      Synced begun = waiting.remove(thread);
      if (begun != null) add(at, begun);
      return;
    }
    Matcher file = FILE.matcher(line.group(4));
    if (!file.matches()) return;
    Path path = Path.of(new String(bytes(file.group(1)), StandardCharsets.UTF_8));
    switch (line.group(3)) {
      case "pwrite64" -> {
        Matcher write = WRITE.matcher(file.group(2));
        if (write.matches())
          add(at, new Written(path, Integer.parseInt(write.group(3)), bytes(write.group(1))));
      }
      case "ftruncate" ->
          add(at, new Cut(path, Integer.parseInt(file.group(2).replaceAll("^, (\\d+).*$", "$1"))));
      case "fsync", "fdatasync" -> {
        var begun = new Synced(path, steps.size());
        if (file.group(2).contains("unfinished")) waiting.put(thread, begun);
        else add(at, begun);
      }
      default -> {}
    }
  }

  private void add(double at, Step step) {
    times.add(at);
    steps.add(step);
  }

  /** Hexadecimal as strace writes it, or plain. */
  private static byte[] bytes(String shown) {
    if (!shown.startsWith("\\x")) return shown.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(shown.length() / 4);
    for (int i = 0; i + 4 <= shown.length(); i += 4)
      bytes.write(Integer.parseInt(shown, i + 2, i + 4, 16));
    return bytes.toByteArray();
  }

  int size() {
    return steps.size();
  }

  /** How often somebody waited for the disk. */
  long syncs() {
    return steps.stream().filter(Synced.class::isInstance).count();
  }

  /** When a step was begun, in seconds of the epoch. */
  double at(int step) {
    return times.get(step);
  }

  /**
   * The file as a power cut just before a step leaves it: what was waited for, and of the rest
   * whichever sectors happen to have reached the disk.
   *
   * @param honest whether the disk keeps what it was waited for
   */
  byte[] file(Path file, byte[] before, int cut, boolean honest, BooleanSupplier reached) {
    int durable = honest ? durable(file, cut) : 0;
    byte[] content = before.clone();
    for (int i = 0; i < cut; i++) {
      if (!steps.get(i).file().equals(file)) continue;
      boolean kept = i < durable;
      content =
          switch (steps.get(i)) {
            case Written written -> write(content, written, kept, reached);
            case Cut(Path _, int length) ->
                kept || reached.getAsBoolean() ? Arrays.copyOf(content, length) : content;
            case Synced _ -> content;
          };
    }
    return content;
  }

  private int durable(Path file, int cut) {
    int durable = 0;
    for (int i = 0; i < cut; i++)
      if (steps.get(i) instanceof Synced(Path synced, int began) && synced.equals(file))
        durable = Math.max(durable, began);
    return durable;
  }

  private static byte[] write(
      byte[] content, Written written, boolean kept, BooleanSupplier reached) {
    byte[] result = content;
    byte[] bytes = written.bytes();
    for (int from = 0; from < bytes.length; ) {
      int place = written.offset() + from;
      int length = Math.min(bytes.length - from, SECTOR - place % SECTOR);
      if (kept || reached.getAsBoolean()) {
        if (place + length > result.length) result = Arrays.copyOf(result, place + length);
        System.arraycopy(bytes, from, result, place, length);
      }
      from += length;
    }
    return result;
  }
}
