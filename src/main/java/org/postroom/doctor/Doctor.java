package org.postroom.doctor;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Settings;

/**
 * Examines an installation from outside: its settings, folder, keys, database, ports, certificates,
 * and what waits in it. Changes nothing, and works whether Postroom runs or not.
 */
public final class Doctor {
  private final Settings settings;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /**
   * @param environment where the settings come from
   * @param clock this machine's
   */
  public Doctor(Map<String, String> environment, InstantSource clock) {
    this.settings = new Settings(environment);
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** All that was looked at, the good too, in the order one would repair it. */
  public List<Found> examine() {
    List<Found> found = new ArrayList<>();
    look(found, "settings", SettingsCheck::look, null, false);
    // Without readable settings everything else would only say the same again.
    if (found.stream().anyMatch(each -> each.result() == Found.Result.PROBLEM)) return found;
    boolean running = PortCheck.answers(settings);
    look(found, "home", FolderCheck::look, null, running);
    if (found.stream().noneMatch(each -> each.id().equals("home.not_writable")))
      inside(found, running);
    look(found, "http", PortCheck::look, null, running);
    look(found, "public_url", AddressCheck::look, null, running);
    look(found, "ingress", IngressCheck::look, null, running);
    look(found, "network", NetworkCheck::look, null, running);
    return found;
  }

  private void inside(List<Found> found, boolean running) {
    look(found, "key", KeyFileCheck::look, null, running);
    try (var opened = DatabaseCheck.open(settings)) {
      found.addAll(opened.found());
      Database database = opened.database();
      if (database != null) withDatabase(found, database, running);
    }
  }

  private void withDatabase(List<Found> found, Database database, boolean running) {
    int before = found.size();
    look(found, "database", DatabaseCheck::look, database, running);
    boolean unusable =
        found.stream()
            .skip(before)
            .anyMatch(each -> each.id().equals("database.version") && !isOk(each));
    if (unusable) return;
    look(found, "key", KeyFileCheck::fits, database, running);
    look(found, "work", WorkCheck::look, database, running);
  }

  private void look(
      List<Found> found, String area, Check check, @Nullable Database database, boolean running) {
    try {
      found.addAll(check.look(new Patient(settings, environment, clock, database, running)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      found.add(
          Found.problem(
              area, String.valueOf(failure.getMessage()), "This could not be looked at further."));
    }
  }

  private static boolean isOk(Found found) {
    return found.result() == Found.Result.OK;
  }
}
