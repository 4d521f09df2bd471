package org.postroom.documents.layout;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fonts of this machine, for characters the built-in typeface lacks. Looked through once, when
 * the first such character comes, always in the same order, so that the same text gets the same
 * fonts.
 */
final class FontShelf {
  private static final int MOST_FILES = 5_000;
  private static final int DEPTH = 8;
  private static final int MOST_FONTS_A_DOCUMENT = 8;

  private final List<Path> folders;
  private final ConcurrentHashMap<BitSet, List<FontFile>> chosen = new ConcurrentHashMap<>();
  private volatile @Nullable List<FontFile> fonts;

  /** Earlier folders win. */
  FontShelf(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** The fewest fonts that have the characters; characters no font has are left over. */
  List<FontFile> covering(BitSet characters) {
    if (characters.isEmpty()) return List.of();
    if (chosen.size() > 1_000) chosen.clear();
    return chosen.computeIfAbsent((BitSet) characters.clone(), this::choose);
  }

  private List<FontFile> choose(BitSet characters) {
    List<FontFile> choice = new ArrayList<>();
    BitSet missing = (BitSet) characters.clone();
    while (!missing.isEmpty() && choice.size() < MOST_FONTS_A_DOCUMENT) {
      FontFile best = best(missing);
      if (best == null) break;
      choice.add(best);
      missing.andNot(best.characters());
    }
    return List.copyOf(choice);
  }

  private @Nullable FontFile best(BitSet missing) {
    FontFile best = null;
    int most = 0;
    for (FontFile font : fonts()) {
      BitSet common = (BitSet) missing.clone();
      common.and(font.characters());
      if (common.cardinality() > most) {
        best = font;
        most = common.cardinality();
      }
    }
    return best;
  }

  private List<FontFile> fonts() {
    List<FontFile> known = fonts;
    if (known != null) return known;
    synchronized (this) {
      if (fonts == null) fonts = look();
      return fonts;
    }
  }

  private List<FontFile> look() {
    List<FontFile> found = new ArrayList<>();
    for (Path folder : folders) {
      files(folder).forEach(path -> found.addAll(FontFile.faces(path).values()));
    }
    return List.copyOf(found);
  }

  /** Plain upright faces first, the ones that suit the built-in typeface before the others. */
  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> paths = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(path -> path.toString().toLowerCase(Locale.ROOT).matches(".*\\.(ttf|ttc|otf)"))
          .limit(MOST_FILES)
          .sorted(Comparator.comparing(FontShelf::rank).thenComparing(Path::toString))
          .toList();
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return List.of();
    }
  }

  private static int rank(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    int rank = name.matches(".*(bold|italic|oblique|light|thin|black|condensed|narrow).*") ? 8 : 0;
    if (name.matches(".*(serif|mono|display|rashi|kufi|nastaliq|unjoined).*")) rank += 4;
    if (!name.matches(".*(noto|dejavu|liberation|droid).*")) rank += 2;
    return name.startsWith("notosans") ? rank : rank + 1;
  }
}
