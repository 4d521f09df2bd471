package org.postroom;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.postroom.CommandWords.Wrong;
import org.postroom.db.CannotStart;
import org.postroom.db.DatabaseAway;
import org.postroom.db.Settings;
import org.postroom.keeping.Backup;
import org.postroom.secrets.CannotOpen;
import org.slf4j.LoggerFactory;

/** {@code postroom backup}, {@code verify} and {@code restore}. */
final class BackupCommands {
  private BackupCommands() {}

  /** The exit code: 0 where it is done, 1 where it cannot be, 2 where the words are wrong. */
  static int run(String[] words, Settings settings, PrintStream out) {
    var log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = log.getLevel();
    log.setLevel(Level.WARN); // no framework sets up the log of a command
    try {
      lines(words[0], CommandWords.of(words, settings), settings).forEach(out::println);
      return 0;
    } catch (Wrong wrong) {
      out.println(wrong.getMessage());
      return 2;
    } catch (NoSuchFileException missing) {
      out.println("There is no file " + missing.getFile() + ".");
    } catch (CannotStart refused) {
      out.println(refused.getMessage());
      out.println(refused.advice());
    } catch (IOException | CannotOpen | DatabaseAway failure) {
      out.println(failure.getMessage());
    } finally {
      log.setLevel(before);
    }
    return 1;
  }

  private static List<String> lines(String command, CommandWords words, Settings settings)
      throws Wrong, IOException {
    if (command.equals("verify")) return Backup.verify(Path.of(words.only("the file of a backup")));
    if (command.equals("restore"))
      return Backup.restore(
          settings, Path.of(words.only("the file of a backup")), words.flag("--replace"));
    String file = words.perhaps("one file at most");
    return Backup.write(settings, file == null ? null : Path.of(file));
  }
}
