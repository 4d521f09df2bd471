package org.postroom.bounces.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Divides a folder of real reports into parts and tells for each part which phrases no mail of any
 * other part holds: whoever had never seen that part would not know them.
 */
public final class PhraseFolds {
  private static final List<String> FILES = List.of("phrases.txt", "stages.txt", "kinds.txt");

  /** Each phrase of the product with the names of the mails that hold it. */
  public record Seen(List<String> mails, Map<String, Set<String>> phrases) {
    /**
     * @param folder of the mails, {@code program-01.eml}
     */
    public static Seen in(Path folder) throws IOException {
      List<Path> files;
      try (var all = Files.list(folder)) {
        files = all.sorted().toList();
      }
      Map<String, String> texts = new TreeMap<>();
      for (Path file : files) texts.put(file.getFileName().toString(), text(file));
      Map<String, Set<String>> phrases = new HashMap<>();
      for (String list : FILES) {
        Phrases known = Phrases.of("/bounces/" + list);
        for (String line : lines(list))
          if (isPhrase(line)) phrases.put(line, holding(texts, known.finder(line)));
      }
      return new Seen(List.copyOf(texts.keySet()), phrases);
    }

    /** All of it, as it came and decoded. */
    private static String text(Path file) throws IOException {
      String raw = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
      var text = new StringBuilder(raw);
      Tree.of(raw).leaves(type -> true).forEach(part -> text.append('\n').append(part.text()));
      return Phrases.plain(text.toString());
    }

    private static Set<String> holding(Map<String, String> texts, Predicate<String> phrase) {
      Set<String> holding = new HashSet<>();
      texts.forEach((name, text) -> {
        if (phrase.test(text)) holding.add(name);
      });
      return holding;
    }
  }

  private final Map<String, Integer> parts = new TreeMap<>();
  private final Seen seen;

  /**
   * @param together all mails of one program in the same part
   */
  public PhraseFolds(Seen seen, int count, long seed, boolean together) {
    this.seen = seen;
    List<String> units =
        new ArrayList<>(
            seen.mails().stream().map(file -> unit(file, together)).distinct().toList());
    Collections.shuffle(units, new Random(seed));
    for (String file : seen.mails()) parts.put(file, units.indexOf(unit(file, together)) % count);
  }

  private static String unit(String file, boolean together) {
    return together ? file.replaceFirst("-\\d+\\.eml$", "") : file;
  }

  /** In which part the mail of that file name is. */
  public int partOf(String file) {
    return parts.getOrDefault(file, 0);
  }

  /** Writes the phrases as they would be without this part, as files of the class path. */
  public int writeWithout(int part, Path folder) throws IOException {
    Path target = Files.createDirectories(folder.resolve("bounces"));
    int left = 0;
    for (String file : FILES) {
      List<String> kept = new ArrayList<>();
      for (String line : lines(file)) {
        // The words that stand for each other, too: somebody chose them.
        if (isPhrase(line) && isOnlyIn(part, line)) left++;
        else kept.add(line);
      }
      Files.write(target.resolve(file), kept);
    }
    return left;
  }

  private boolean isOnlyIn(int part, String line) {
    Set<String> files = seen.phrases().getOrDefault(line, Set.of());
    return !files.isEmpty() && files.stream().allMatch(file -> partOf(file) == part);
  }

  private static boolean isPhrase(String line) {
    return line.startsWith(" ") && !line.isBlank();
  }

  private static List<String> lines(String file) {
    return Phrases.read("/bounces/" + file).lines().toList();
  }
}
