package org.postroom.keeping;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.postroom.db.Settings;

/**
 * The list of erasures beside the backups, which no backup holds: a restored database does not know
 * whom it must forget again, this file does. Lines are only added, and on disk before anything is
 * erased.
 */
record ErasureFile(Path path) {
  static final String NAME = "erasures.list";
  private static final ReentrantLock ONE = new ReentrantLock();

  static ErasureFile of(Settings settings) {
    return new ErasureFile(Backup.folder(settings).resolve(NAME));
  }

  /**
   * What it holds.
   *
   * @param unreadable lines that are damaged or cut off
   */
  record Content(List<ListedErasure> lines, int unreadable) {}

  Content read() throws IOException {
    if (!Files.isRegularFile(path)) return new Content(List.of(), 0);
    return read(Files.readString(path, StandardCharsets.ISO_8859_1));
  }

  static Content read(String text) {
    Map<String, ListedErasure> lines = new LinkedHashMap<>();
    int unreadable = 0;
    for (String line : text.split("\r?\n", -1)) {
      if (line.isBlank()) continue;
      var read = ListedErasure.read(line);
      read.ifPresent(one -> lines.put(one.line(), one));
      if (read.isEmpty()) unreadable++;
    }
    return new Content(List.copyOf(lines.values()), unreadable);
  }

  /**
   * How many of its erasures are not among those.
   *
   * @param certified company and id, with a space between
   */
  long unknownTo(Set<String> certified) throws IOException {
    return read().lines().stream()
        .map(line -> line.company() + " " + line.erasure())
        .distinct()
        .filter(one -> !certified.contains(one))
        .count();
  }

  /** Adds what is not there yet; how many lines that were. On disk when this returns. */
  int add(Collection<ListedErasure> lines) throws IOException {
    ONE.lock();
    try {
      List<ListedErasure> news = new ArrayList<>(lines);
      news.removeAll(read().lines());
      if (!news.isEmpty()) append(news);
      return news.size();
    } finally {
      ONE.unlock();
    }
  }

  private void append(List<ListedErasure> lines) throws IOException {
    Path folder = BackupWriter.folderOf(path);
    Files.createDirectories(folder);
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      BackupWriter.ownerOnly(path);
      // Commands write beside a running Postroom.
      try (var _ = file.lock()) {
        var text = new StringBuilder(isCut(file) ? "\n" : "");
        lines.forEach(line -> text.append(line.line()).append('\n'));
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text.toString());
        file.position(file.size());
        while (bytes.hasRemaining()) file.write(bytes);
        file.force(true);
      }
    }
    BackupWriter.force(folder);
  }

  /** A line that was cut off must not spoil the next. */
  private static boolean isCut(FileChannel file) throws IOException {
    if (file.size() == 0) return false;
    ByteBuffer last = ByteBuffer.allocate(1);
    file.read(last, file.size() - 1);
    return last.get(0) != '\n';
  }
}
