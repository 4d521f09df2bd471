package org.postroom.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.postroom.db.Database;
import org.postroom.db.Dialect;
import org.postroom.db.Settings.Name;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;
import org.postroom.keeping.Backup;

/** What the installation is about: does mail leave, who waits for somebody, is there a copy? */
final class WorkCheck {
  private static final Duration BACKUP_MAY_BE = Duration.ofDays(3);

  private WorkCheck() {}

  static List<Found> look(Patient patient) throws IOException {
    Database database = Objects.requireNonNull(patient.database());
    if (!database.read(DoctorRows::hasCompany))
      return List.of(
          Found.warning(
              "work.not_set_up",
              "There is no company yet.",
              "Open the set-up page with the code of the log, or run: postroom create-admin."));
    List<Found> found = new ArrayList<>();
    standing(patient, database, found);
    accounts(database, found);
    waiting(database, found);
    backup(patient, database, found);
    erasures(patient, database, found);
    leftOver(patient, found);
    if (found.isEmpty())
      found.add(Found.ok("work", "Mail can leave, and nothing waits for anybody."));
    return found;
  }

  private static void standing(Patient patient, Database database, List<Found> found) {
    Standing standing = Environment.standing(patient.settings(), database);
    if (standing == Standing.MUTED)
      found.add(
          Found.problem(
              "work.muted",
              "This database belongs to another installation, so nothing is sent from here.",
              "Say which this is: postroom environment original, or test_copy."));
    if (standing == Standing.TEST_COPY)
      found.add(
          Found.warning(
              "work.test_copy",
              "This is a test copy: no mail leaves it.",
              "That is as it should be."));
  }

  private static void accounts(Database database, List<Found> found) {
    for (DoctorRows.Ailing account : database.read(DoctorRows::ailing))
      found.add(
          Found.problem(
              "accounts." + account.state().toLowerCase(Locale.ROOT),
              "The account “" + account.name() + "” cannot send: " + account.reason(),
              "Open its page, or run: postroom check-account “" + account.name() + "”."));
    if (!database.read(DoctorRows::sendsOutside))
      found.add(
          Found.warning(
              "accounts.only_local",
              "There are only local accounts: no mail leaves this machine.",
              "Connect a mailbox on the page Accounts."));
  }

  private static void waiting(Database database, List<Found> found) {
    long unclear = database.read(sql -> DoctorRows.messages(sql, "unclear"));
    if (unclear > 0)
      found.add(
          Found.warning(
              "messages.unclear",
              messages(unclear) + " may or may not have arrived; only a person can tell.",
              "Decide on the page Outbox, under “Unclear”."));
    long held = database.read(sql -> DoctorRows.messages(sql, "held"));
    if (held > 0)
      found.add(
          Found.warning(
              "messages.held",
              messages(held) + (held == 1 ? " is held." : " are held."),
              "The page Outbox says why."));
  }

  private static String messages(long count) {
    return count == 1 ? "1 message" : count + " messages";
  }

  /** A PostgreSQL has mostly somebody else who backs it up. */
  private static void backup(Patient patient, Database database, List<Found> found)
      throws IOException {
    if (database.dialect() == Dialect.POSTGRESQL) return;
    Path folder = patient.settings().home().resolve("backups");
    Instant newest = Instant.EPOCH;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(WorkCheck::isBackup).toList()) {
          Instant changed = Files.getLastModifiedTime(file).toInstant();
          if (changed.isAfter(newest)) newest = changed;
        }
      }
    }
    if (newest.isBefore(patient.now().minus(BACKUP_MAY_BE)))
      found.add(
          Found.warning(
              "backup.old",
              "No backup of the last three days lies in " + folder + ".",
              "Switch nightly backups on, or make one elsewhere: postroom backup <file>."));
  }

  /** The list of erasures lies there too. */
  private static boolean isBackup(Path file) {
    return Files.isRegularFile(file) && !file.toString().endsWith(".list");
  }

  private static void erasures(Patient patient, Database database, List<Found> found)
      throws IOException {
    long again = Backup.erasedSince(patient.settings(), database);
    if (again > 0)
      found.add(
          Found.problem(
              "work.erased_again",
              "The list of erasures names "
                  + again
                  + " that this database does not know: whoever was erased is in it again.",
              "It was restored from a backup made before. Run: postroom erase-again."));
  }

  private static void leftOver(Patient patient, List<Found> found) {
    if (patient.environment().getOrDefault(Name.POSTROOM_ADMIN_PASSWORD.name(), "").isBlank())
      return;
    found.add(
        Found.warning(
            "settings.admin_password",
            "POSTROOM_ADMIN_PASSWORD still stands in the environment; it was needed for the first start only.",
            "Take it out."));
  }
}
