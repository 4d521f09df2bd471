package org.postroom.environment;

import java.time.Instant;
import java.util.Optional;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Whether this installation is the one its database belongs to. A database that was copied or
 * restored belongs to another: then nothing is sent, nothing runs by itself and no provider is
 * called, until an administrator has said which of the two is the real one. Otherwise both would
 * write to the same customers, and renewing a sign-in here would end it there.
 */
@Service("installationEnvironment")
public class Environment {
  private static final Logger LOG = LoggerFactory.getLogger(Environment.class);
  private final Database database;
  private final Audit audit;
  private final String id;

  public Environment(Settings settings, Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
    this.id = EnvironmentId.of(settings, database);
    database.run(sql -> EnvironmentRows.adopt(sql, id));
    if (foreign())
      LOG.warn(
          "This database belongs to the environment {}, and this is {}: nothing is sent from here. "
              + "Say on the page /system/test-mode, or with “postroom environment”, whether this"
              + " is the original now or a copy to test with.",
          owner(),
          id);
  }

  /** Ours. */
  public String id() {
    return id;
  }

  /** The environment the database belongs to. */
  public String owner() {
    return database.read(sql -> EnvironmentRows.owner(sql).orElse("nobody"));
  }

  /** As it stands now: another node may have been told. */
  public Standing standing() {
    return database.read(sql -> EnvironmentRows.standing(sql, id));
  }

  /** A copy: nobody outside may be called, and no mail may leave. */
  public boolean foreign() {
    return standing() != Standing.ORIGINAL;
  }

  /** A copy in which nothing may happen by itself. */
  public boolean muted() {
    return standing() == Standing.MUTED;
  }

  /**
   * Refuses what would reach somebody outside: 409 on a copy.
   *
   * @param what as the beginning of a sentence, such as "A payment"
   */
  public void requireOriginal(String what) {
    if (foreign())
      throw Problem.conflict(
          "foreign_environment",
          what
              + " is not possible here: this is a copy of another Postroom, and nothing leaves it.");
  }

  /** Says what this installation is from now on. */
  public void become(Caller caller, Standing standing) {
    caller.require(Right.MANAGE_PEOPLE);
    database.run(sql -> {
      Standing before = EnvironmentRows.standing(sql, id);
      if (before == standing) return;
      if (before == Standing.ORIGINAL)
        throw Problem.conflict(
            "original", "This is the original. To try something out, switch test mode on.");
      become(sql, standing);
      audit.record(caller, "environment.changed", id, before.word(), standing.word());
    });
  }

  /** The same without a caller, for the command line. */
  public void become(Standing standing) {
    database.run(sql -> become(sql, standing));
  }

  private void become(Sql sql, Standing standing) {
    if (EnvironmentRows.standing(sql, id) == Standing.ORIGINAL) return;
    EnvironmentRows.become(sql, id, standing);
    database.afterCommit(() -> LOG.info("This installation is now: {}", standing.word()));
  }

  /**
   * Marks a database as restored: whoever opens it next finds it belongs to another environment,
   * and is muted. For restoring a backup, before anything else is started on it. In plain SQL:
   *
   * <pre>{@code
   * UPDATE installation_environment SET id = 'restored_' || <something new>, test_copy = NULL;
   * }</pre>
   */
  public static void restored(Sql sql) {
    EnvironmentRows.restored(sql);
  }

  /** What an installation of these settings is to this database, without adopting it. */
  public static Standing standing(Settings settings, Database database) {
    if (database.read(EnvironmentRows::owner).isEmpty()) return Standing.ORIGINAL;
    String id = EnvironmentId.of(settings, database);
    return database.read(sql -> EnvironmentRows.standing(sql, id));
  }

  /** Since when a restored database belongs to somebody again; empty as long as it does not. */
  public static Optional<Instant> belongsSince(Sql sql) {
    return EnvironmentRows.belongsSince(sql);
  }
}
