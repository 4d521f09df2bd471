package org.postroom.bounces;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.reading.PhraseFolds;

/**
 * How well mail is understood that was never seen: each part of the folder is read without the
 * phrases that only its own mails hold. What cannot be taken back, because it is code and not a
 * phrase, such as how a program arranges its report, stays known; of that the figure is silent.
 */
final class HeldOutScore {
  private static final int PARTS = 5;

  private HeldOutScore() {}

  /**
   * @param recipients of how many
   * @param reasons percent of them right
   * @param hard percent of them right
   * @param phrasesLeft how many phrases were left out, on the average of the parts
   * @param misses for people
   */
  record Result(
      int recipients, double reasons, double hard, double phrasesLeft, List<String> misses) {}

  /** The averages of three divisions, the misses of the first. */
  static Result of(Path folder, boolean programs) throws IOException {
    var seen = PhraseFolds.Seen.in(folder.resolve("mails"));
    List<Result> results = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++)
      results.add(of(folder, new PhraseFolds(seen, PARTS, seed, programs)));
    return new Result(
        results.getFirst().recipients(),
        results.stream().mapToDouble(Result::reasons).average().orElseThrow(),
        results.stream().mapToDouble(Result::hard).average().orElseThrow(),
        results.stream().mapToDouble(Result::phrasesLeft).average().orElseThrow(),
        results.getFirst().misses());
  }

  private static Result of(Path folder, PhraseFolds folds) throws IOException {
    int recipients = 0;
    int reasons = 0;
    int hard = 0;
    int left = 0;
    List<String> misses = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      Path phrases = Files.createTempDirectory("phrases-without");
      left += folds.writeWithout(part, phrases);
      Object[] one = score(phrases, folder, inPart(folds, part));
      recipients += (Integer) one[0];
      reasons += (Integer) one[1];
      hard += (Integer) one[2];
      misses.addAll(((String) one[3]).lines().toList());
    }
    return new Result(
        recipients,
        100.0 * reasons / recipients,
        100.0 * hard / recipients,
        1.0 * left / PARTS,
        misses);
  }

  private static Predicate<String> inPart(PhraseFolds folds, int part) {
    return file -> folds.partOf(file) == part;
  }

  /** In classes of their own, which find those phrases. */
  private static Object[] score(Path phrases, Path folder, Predicate<String> wanted)
      throws IOException {
    try (var own = new Own(phrases)) {
      return (Object[])
          own.loadClass(Figures.class.getName())
              .getDeclaredMethod("of", Path.class, Predicate.class)
              .invoke(null, folder, wanted);
    } catch (ReflectiveOperationException failure) {
      throw new IOException(failure);
    }
  }

  /** What leaves that loader: figures and words only. */
  public static final class Figures {
    private Figures() {}

    /** Recipients, reasons right, hard or soft right, misses. */
    public static Object[] of(Path folder, Predicate<String> wanted) throws IOException {
      BounceScore score = BounceScore.of(folder, "\n", wanted);
      int recipients = score.recipients();
      return new Object[] {
        recipients,
        (int) Math.round(score.reasons() * recipients / 100),
        (int) Math.round(score.hard() * recipients / 100),
        String.join("\n", score.misses().stream().map(BounceScore::words).toList())
      };
    }
  }

  /** Loads the reader of returned mail anew, with phrases from a folder. */
  private static final class Own extends URLClassLoader {
    private final Path phrases;

    Own(Path phrases) {
      super(new URL[0], HeldOutScore.class.getClassLoader());
      this.phrases = phrases;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.postroom.bounces.")) return super.loadClass(name, resolve);
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) throw new ClassNotFoundException(name);
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException failure) {
        throw new ClassNotFoundException(name, failure);
      }
    }

    @Override
    public @Nullable URL getResource(String name) {
      Path file = phrases.resolve(name);
      try {
        return Files.isRegularFile(file) ? file.toUri().toURL() : super.getResource(name);
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
