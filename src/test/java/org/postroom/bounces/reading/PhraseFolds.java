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

/**
 * Divides a folder of real reports into parts and tells for each part which phrases no mail of any
 * other part holds: whoever had never seen that part would not know them.
 */
public final class PhraseFolds {
  private static final List<String> FILES = List.of("phrases.txt", "stages.txt", "kinds.txt");
  private final Map<String, Integer> parts = new TreeMap<>();
  private final Map<String, Set<Integer>> seenIn = new HashMap<>();
  private final Phrases words = Phrases.of("/bounces/phrases.txt");
  private final int count;
  private final boolean together;

  private PhraseFolds(int count, boolean together) {
    this.count = count;
    this.together = together;
  }

  /**
   * @param mails the folder of the mails, {@code program-01.eml}
   * @param together all mails of one program in the same part
   */
  public static PhraseFolds of(Path mails, int count, long seed, boolean together)
      throws IOException {
    var folds = new PhraseFolds(count, together);
    List<Path> files;
    try (var all = Files.list(mails)) {
      files = all.sorted().toList();
    }
    folds.divide(files.stream().map(file -> file.getFileName().toString()).toList(), seed);
    Set<String> phrases = new HashSet<>();
    for (String file : FILES)
      lines(file).stream().filter(PhraseFolds::isPhrase).forEach(phrases::add);
    for (Path file : files) folds.look(file, phrases);
    return folds;
  }

  private void divide(List<String> files, long seed) {
    List<String> programs = new ArrayList<>(files.stream().map(this::program).distinct().toList());
    Collections.shuffle(programs, new Random(seed));
    for (String file : files) parts.put(file, programs.indexOf(program(file)) % count);
  }

  private String program(String file) {
    return together ? file.replaceFirst("-\\d+\\.eml$", "") : file;
  }

  private void look(Path file, Set<String> phrases) throws IOException {
    String raw = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    var text = new StringBuilder(raw);
    Tree.of(raw).leaves(type -> true).forEach(part -> text.append('\n').append(part.text()));
    String plain = Phrases.plain(text.toString());
    for (String phrase : phrases)
      if (words.finds(plain, phrase))
        seenIn
            .computeIfAbsent(phrase, first -> new HashSet<>())
            .add(parts.get(file.getFileName().toString()));
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
        // The words of a class, too: somebody chose them.
        if (isPhrase(line) && seenIn.getOrDefault(line, Set.of()).equals(Set.of(part))) left++;
        else kept.add(line);
      }
      Files.write(target.resolve(file), kept);
    }
    return left;
  }

  private static boolean isPhrase(String line) {
    return line.startsWith(" ") && !line.isBlank();
  }

  private static List<String> lines(String file) {
    return Phrases.read("/bounces/" + file).lines().toList();
  }
}
