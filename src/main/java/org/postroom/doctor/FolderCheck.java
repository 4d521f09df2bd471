package org.postroom.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.db.Settings.Name;

/** The data folder: is it ours, is there room, and is its disk one that can hold a database? */
final class FolderCheck {
  private static final long LITTLE = 1_000_000_000L;
  private static final long TOO_LITTLE = 100_000_000L;
  private static final Set<String> NETWORK =
      Set.of("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "fuse.sshfs", "9p", "afs");

  private FolderCheck() {}

  static List<Found> look(Patient patient) throws IOException {
    Path home = patient.settings().home();
    List<Found> found = new ArrayList<>();
    Path there = existing(home);
    if (!Files.isDirectory(there) || !Files.isWritable(there))
      return List.of(
          Found.problem(
              "home.not_writable",
              "The data folder "
                  + home
                  + " (POSTROOM_HOME) cannot be used: "
                  + there
                  + (Files.isDirectory(there) ? " is not writable." : " is no folder."),
              "Name another folder, or give it to the user "
                  + System.getProperty("user.name")
                  + "."));
    FileStore store = Files.getFileStore(there);
    room(home, store.getUsableSpace(), found);
    boolean embedded = patient.settings().get(Name.POSTROOM_DATABASE_URL).isEmpty();
    if (embedded && NETWORK.contains(store.type().toLowerCase(Locale.ROOT)))
      found.add(
          Found.problem(
              "home.network",
              "The data folder "
                  + home
                  + " lies on a network file system ("
                  + store.type()
                  + "), whose locks SQLite cannot rely on.",
              "Put it on a local disk, or use PostgreSQL."));
    if (found.isEmpty())
      found.add(Found.ok("home", "The data folder " + home + " is ours and has room."));
    return found;
  }

  private static void room(Path home, long free, List<Found> found) {
    if (free >= LITTLE) return;
    String what =
        String.format(Locale.ROOT, "The disk of %s has only %.0f MB left.", home, free / 1e6);
    String advice = "Make room, or shorten what is kept: docs/retention.md.";
    found.add(
        free < TOO_LITTLE
            ? Found.problem("home.full", what, advice)
            : Found.warning("home.full", what, advice));
  }

  /** The folder, or where it would be made. */
  private static Path existing(Path home) {
    Path at = home;
    while (!Files.exists(at) && at.getParent() != null) at = at.getParent();
    return at;
  }
}
