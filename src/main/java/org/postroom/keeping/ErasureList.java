package org.postroom.keeping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.secrets.Fingerprints;
import org.postroom.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the list of erasures of this node: written before something is erased, and brought up to
 * date with what other nodes erased. What is on it and has no certificate in the database was
 * erased after that database's state.
 */
@Component
class ErasureList {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureList.class);
  private final Database database;
  private final Secrets secrets;
  private final ErasureFile file;

  ErasureList(Database database, Settings settings, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
    this.file = ErasureFile.of(settings);
  }

  /**
   * What must be erased again.
   *
   * @param listed all erasures of the company that the list holds
   * @param open by the certificate's id: those this database does not know
   * @param missingKeys of lines that nobody can compare with anything
   * @param withoutKey how many erasures those are
   * @param unreadable damaged lines, whoever's they were
   */
  record State(
      int listed,
      Map<String, List<ListedErasure>> open,
      Set<String> missingKeys,
      int withoutKey,
      int unreadable) {}

  /** What happened to lines that somebody brought. */
  record Taken(int added, int known, int refused) {}

  /** The lines about one erasure; on disk unless that failed, which is said. */
  record Noted(List<ListedErasure> lines, boolean onDisk) {}

  Path path() {
    return file.path();
  }

  Noted note(String company, String erasure, Erasure.Subject subject, List<String> addresses) {
    Fingerprints prints = secrets.fingerprints(ListedErasure.PURPOSE);
    Instant at = database.now();
    List<ListedErasure> lines = new ArrayList<>();
    if (subject instanceof Erasure.Subject.OfPartner(String ref))
      lines.add(ListedErasure.of(prints, at, company, erasure, "partner", ref));
    for (String address : addresses)
      lines.add(ListedErasure.of(prints, at, company, erasure, "address", address));
    try {
      file.add(lines);
      return new Noted(lines, true);
    } catch (IOException failure) {
      LOG.warn("{} could not be written: {}", file.path(), failure.toString());
      return new Noted(lines, false);
    }
  }

  State state(String company) throws IOException {
    ErasureFile.Content content = file.read();
    List<ListedErasure> ours =
        content.lines().stream().filter(line -> line.company().equals(company)).toList();
    Set<String> done = Set.copyOf(database.read(sql -> ErasureRows.ids(sql, company)));
    Map<String, List<ListedErasure>> open = new LinkedHashMap<>();
    Set<String> missing = new TreeSet<>();
    Set<String> closed = new TreeSet<>();
    int unreadable = content.unreadable();
    for (ListedErasure line : ours) {
      if (done.contains(line.erasure())) continue;
      Optional<Fingerprints> prints = prints(line.key());
      if (prints.isEmpty()) {
        missing.add(line.key());
        closed.add(line.erasure());
      } else if (line.isGenuine(prints.get()))
        open.computeIfAbsent(line.erasure(), id -> new ArrayList<>()).add(line);
      else unreadable++;
    }
    int listed = (int) ours.stream().map(ListedErasure::erasure).distinct().count();
    return new State(listed, open, missing, closed.size(), unreadable);
  }

  Optional<Fingerprints> prints(String key) {
    return secrets.fingerprints(ListedErasure.PURPOSE, key);
  }

  /** The company's lines, to be kept elsewhere. */
  String text(String company) throws IOException {
    level();
    var text = new StringBuilder();
    for (ListedErasure line : file.read().lines())
      if (line.company().equals(company)) text.append(line.line()).append('\n');
    return text.toString();
  }

  /** Adds lines from elsewhere: only the company's, and only what this installation wrote. */
  Taken take(String company, String text) throws IOException {
    ErasureFile.Content content = ErasureFile.read(text);
    List<ListedErasure> good = new ArrayList<>();
    for (ListedErasure line : content.lines())
      if (line.company().equals(company) && prints(line.key()).filter(line::isGenuine).isPresent())
        good.add(line);
    int added = file.add(good);
    return new Taken(
        added, good.size() - added, content.unreadable() + content.lines().size() - good.size());
  }

  /** Writes down what other nodes erased, and what could not be written at the time. */
  @EventListener(ApplicationReadyEvent.class)
  void level() {
    try {
      List<ListedErasure> stored =
          database.read(ErasureRows::listed).stream()
              .flatMap(lines -> ErasureFile.read(lines).lines().stream())
              .toList();
      if (!stored.isEmpty()) file.add(stored);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("{} could not be brought up to date: {}", file.path(), failure.toString());
    }
  }
}
