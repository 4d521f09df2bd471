package org.postroom.journeys;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all processes of a server did to the files of one folder, as strace saw it: writes, lengths,
 * names, and waits for the disk. {@link WriteLog} does the same for two files of one process.
 */
final class FolderLog {
  private static final Pattern LINE = Pattern.compile("^(\\d+) +(\\d+\\.\\d+) (.*)$");
  private static final Pattern CALL = Pattern.compile("^(\\w+)\\((.*)\\) += (-?\\d+)(.*)$");
  private static final Pattern RESUMED = Pattern.compile("^<\\.\\.\\. \\w+ resumed>(.*)$");
  private static final Pattern FILE = Pattern.compile("^(\\d+)<([^>]*)>,? ?(.*)$");
  private static final Pattern RESULT = Pattern.compile("^<([^>]*)>.*$");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final String UNFINISHED = " <unfinished ...>";

  /** One thing done; files by their path at that moment, relative to the folder. */
  sealed interface Step {}

  record Made(String file) implements Step {}

  record Written(String file, long offset, byte[] bytes) implements Step {}

  /**
   * @param exactly cut or filled up to that length; otherwise only filled up
   */
  record Length(String file, long length, boolean exactly) implements Step {}

  record Moved(String from, String to) implements Step {}

  record Linked(String from, String to) implements Step {}

  record Gone(String file) implements Step {}

  record Folder(String name) implements Step {}

  /**
   * @param began all steps before this one are on the disk when it has ended
   */
  record Synced(String file, int began) implements Step {}

  /** A call that has not ended. */
  private record Begun(double at, String text, int began) {}

  private final Path folder;
  private final List<Step> steps = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();
  private final Map<String, Long> positions = new HashMap<>();

  private FolderLog(Path folder) {
    this.folder = folder;
  }

  static FolderLog read(Path trace, Path folder) throws IOException {
    var log = new FolderLog(folder);
    Map<String, Begun> waiting = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches())
          log.take(parts.group(1), Double.parseDouble(parts.group(2)), parts.group(3), waiting);
      }
    }
    return log;
  }

  private void take(String process, double at, String text, Map<String, Begun> waiting) {
    if (text.endsWith(UNFINISHED)) {
      String begun = text.substring(0, text.length() - UNFINISHED.length());
      waiting.put(process, new Begun(at, begun, steps.size()));
      return;
    }
    Matcher rest = RESUMED.matcher(text);
    if (!rest.matches()) {
      call(process, at, text, steps.size());
      return;
    }
    Begun begun = waiting.remove(process);
    if (begun != null) call(process, begun.at(), begun.text() + rest.group(1), begun.began());
  }

  private void call(String process, double at, String text, int began) {
    Matcher call = CALL.matcher(text);
    if (!call.matches() || call.group(3).startsWith("-")) return;
    int before = steps.size();
    String words = call.group(2);
    switch (call.group(1)) {
      case "openat" -> open(process, words, call.group(3), call.group(4));
      case "rename", "renameat", "renameat2" -> names(words, true);
      case "link", "linkat" -> names(words, false);
      case "unlink", "unlinkat" -> inside(texts(words).getFirst(), file -> add(new Gone(file)));
      case "mkdir", "mkdirat" -> inside(texts(words).getFirst(), name -> add(new Folder(name)));
      default -> onFile(process, call.group(1), words, Long.parseLong(call.group(3)), began);
    }
    while (times.size() < steps.size()) times.add(at);
    if (steps.size() > before) times.set(before, at);
  }

  private void open(String process, String words, String number, String result) {
    Matcher path = RESULT.matcher(result);
    if (!path.matches()) return;
    positions.put(process + ":" + number, 0L);
    inside(
        text(path.group(1)),
        file -> {
          if (words.contains("O_CREAT")) add(new Made(file));
          if (words.contains("O_TRUNC")) add(new Length(file, 0, true));
        });
  }

  private void names(String words, boolean moved) {
    List<String> names = texts(words);
    inside(
        names.getFirst(),
        from ->
            inside(names.getLast(), to -> add(moved ? new Moved(from, to) : new Linked(from, to))));
  }

  private void onFile(String process, String verb, String words, long result, int began) {
    Matcher about = FILE.matcher(words);
    if (!about.matches()) return;
    String place = process + ":" + about.group(1);
    String more = about.group(3);
    inside(
        text(about.group(2)),
        file -> {
          switch (verb) {
            case "lseek" -> positions.put(place, result);
            case "write" -> {
              long from = positions.getOrDefault(place, 0L);
              add(new Written(file, from, cut(written(more), result)));
              positions.put(place, from + result);
            }
            case "pwrite64", "pwritev" ->
                add(new Written(file, last(more), cut(written(more), result)));
            case "ftruncate" -> add(new Length(file, last(more), true));
            case "fallocate" -> {
              String[] numbers = more.split(", ", -1);
              long end = Long.parseLong(numbers[1]) + Long.parseLong(numbers[2]);
              add(new Length(file, end, false));
            }
            case "fsync", "fdatasync" -> add(new Synced(file, began));
            default -> {}
          }
        });
  }

  private interface Named {
    void by(String name);
  }

  /** Names are relative to the folder, in which the server stands, or whole. */
  private void inside(String path, Named what) {
    if (path.endsWith(" (deleted)")) return;
    Path whole = folder.resolve(path).normalize();
    if (whole.startsWith(folder) && !whole.equals(folder))
      what.by(folder.relativize(whole).toString());
  }

  private void add(Step step) {
    steps.add(step);
  }

  private static long last(String words) {
    return Long.parseLong(words.substring(words.lastIndexOf(' ') + 1));
  }

  private static byte[] cut(byte[] bytes, long length) {
    return bytes.length == length ? bytes : java.util.Arrays.copyOf(bytes, (int) length);
  }

  /** One text, or one after the other. */
  private static byte[] written(String words) {
    var all = new ByteArrayOutputStream();
    Matcher texts = TEXT.matcher(words);
    while (texts.find()) all.writeBytes(bytes(texts.group(1)));
    return all.toByteArray();
  }

  private static List<String> texts(String words) {
    return TEXT.matcher(words).results().map(found -> text(found.group(1))).toList();
  }

  private static String text(String shown) {
    return new String(bytes(shown), StandardCharsets.UTF_8);
  }

  /** Hexadecimal as strace writes it, or plain. */
  private static byte[] bytes(String shown) {
    if (!shown.startsWith("\\x")) return shown.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[shown.length() / 4];
    for (int i = 0; i < bytes.length; i++)
      bytes[i] =
          (byte)
              (Character.digit(shown.charAt(i * 4 + 2), 16) << 4
                  | Character.digit(shown.charAt(i * 4 + 3), 16));
    return bytes;
  }

  List<Step> steps() {
    return steps;
  }

  long syncs() {
    return steps.stream().filter(Synced.class::isInstance).count();
  }

  /** When a step was begun, in seconds of the epoch. */
  double at(int step) {
    return times.get(step);
  }
}
