package org.postroom.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.postroom.db.Settings.Name;
import org.postroom.secrets.KeyCheck;

/**
 * The key that seals stored passwords: can it be read, by whom, and does it open what is sealed?
 */
final class KeyFileCheck {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private KeyFileCheck() {}

  static List<Found> look(Patient patient) throws IOException {
    try {
      KeyCheck.form(patient.settings());
    } catch (IllegalStateException bad) {
      return List.of(
          Found.problem(
              "key.form",
              String.valueOf(bad.getMessage()),
              "It must be 32 bytes in base64: openssl rand -base64 32."));
    }
    Path file = patient.settings().home().resolve("secret.key");
    boolean given = patient.settings().get(Name.POSTROOM_SECRET_KEY).isPresent();
    if (!given && readableByOthers(file))
      return List.of(
          Found.warning(
              "key.readable",
              "Others than its owner may read the key that seals passwords, " + file + ".",
              "Run: chmod 600 " + file));
    return List.of(Found.ok("key", "The key that seals passwords can be read, by its owner only."));
  }

  static List<Found> fits(Patient patient) {
    List<String> foreign =
        KeyCheck.missing(patient.settings(), Objects.requireNonNull(patient.database()));
    if (foreign.isEmpty())
      return List.of(Found.ok("key.fits", "It opens every password that is stored."));
    return List.of(
        Found.problem(
            "key.other",
            "Stored passwords are sealed with key "
                + String.join(", ", foreign)
                + ", which is not here: the accounts they belong to cannot sign in.",
            "Bring that key back (POSTROOM_SECRET_KEY, or secret.key in the data folder), or type the passwords anew."));
  }

  private static boolean readableByOthers(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        && Files.exists(file)
        && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
  }
}
