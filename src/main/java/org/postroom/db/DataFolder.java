package org.postroom.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Looks at the folder of the embedded database before it is opened: what is wrong, and where. */
final class DataFolder {
  private DataFolder() {}

  /** Throws {@link CannotStart} where Postroom could read or write nothing there. */
  static void check(Path folder, Path file) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new CannotStart(
          "The data folder " + folder + " (POSTROOM_HOME) cannot be made: " + reason(failure) + ".",
          "Make it for the user " + user() + ", or name another folder.",
          failure);
    }
    if (!Files.isWritable(folder))
      throw notOurs("The data folder " + folder + " (POSTROOM_HOME)", folder);
    if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file)))
      throw notOurs("The database " + file, file);
  }

  /** What opening or migrating the file threw, in one sentence where we know it. */
  static RuntimeException words(Path file, RuntimeException failure) {
    if (failure instanceof CannotStart known) return known;
    SQLException reason = sql(failure);
    if (reason == null) return failure;
    return switch (reason.getErrorCode() & 0xff) {
      case 11, 26 ->
          new CannotStart(
              "The database " + file + " is damaged: " + reason.getMessage(),
              "Keep the file, and restore the last backup: bin/postroom restore <file> --replace.",
              failure);
      case 13 ->
          new CannotStart(
              "The disk of " + file + " is full.", "Make room there, then start again.", failure);
      case 5, 6 ->
          new CannotStart(
              "The database " + file + " is held by another program.",
              "Only one Postroom may run on an embedded database: stop the other.",
              failure);
      case 8, 10, 14 ->
          new CannotStart(
              "The database " + file + " cannot be written: " + reason.getMessage(),
              "See that the disk works and that the user " + user() + " may write there.",
              failure);
      default -> failure;
    };
  }

  static @Nullable SQLException sql(@Nullable Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause())
      if (at instanceof SQLException found) return found;
    return null;
  }

  private static CannotStart notOurs(String what, Path path) {
    return new CannotStart(
        what
            + " belongs to "
            + owner(path)
            + " and cannot be written by the user "
            + user()
            + " that Postroom runs as.",
        "Run: chown -R " + user() + " " + path + " (or start Postroom as the owner).");
  }

  private static String owner(Path path) {
    try {
      return Files.getOwner(path).getName();
    } catch (IOException | UnsupportedOperationException unknown) {
      return "somebody else";
    }
  }

  private static String user() {
    return System.getProperty("user.name", "?");
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName().replace("Exception", "") + " " + failure.getMessage();
  }
}
