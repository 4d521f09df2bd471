package org.postroom.environment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.AuditTrail;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/**
 * Whether a company's mail really leaves. Asked when a message is handed over, never when it is
 * made: what waits obeys the mode of the moment at which it goes.
 */
@Service
public class TestModes {
  private final Database database;
  private final Environment environment;
  private final AuditTrail trail;

  public TestModes(Database database, Environment environment, Audit audit) {
    this.database = database;
    this.environment = environment;
    this.trail = new AuditTrail(audit, "test_mode", java.util.Set.of("version"));
  }

  public TestMode of(String company) {
    return database.read(sql -> find(sql, company));
  }

  /**
   * What may leave now, the company's mode and the standing of the whole installation taken
   * together. Inside a transaction it is what that transaction sees.
   */
  public Leaving leaving(String company) {
    var now = database.read(sql -> TestModeRows.now(sql, company, environment.id()));
    return switch (now.standing()) {
      case MUTED -> new Leaving.Muted();
      case TEST_COPY -> new Leaving.Nothing();
      case ORIGINAL -> leaving(now.mode());
    };
  }

  /**
   * The same for one message.
   *
   * @param released somebody lets it out to an address they named: only a copy keeps that in
   */
  public Leaving leaving(String company, boolean released) {
    if (!released) return leaving(company);
    return switch (environment.standing()) {
      case MUTED -> new Leaving.Muted();
      case TEST_COPY -> new Leaving.Nothing();
      case ORIGINAL -> new Leaving.Everything();
    };
  }

  /**
   * Switches it on, over or off.
   *
   * @param version the one it was read with; null for any; 412 where somebody changed it meanwhile
   */
  public TestMode save(Caller caller, TestMode mode, @Nullable Long version) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return database.write(sql -> {
      TestMode before = find(sql, caller.company());
      if (version != null && version != before.version()) throw changed();
      TestMode kept = mode.at(before.version() + 1);
      if (TestModeRows.save(sql, caller.company(), kept) == 0) throw changed();
      trail.changed(caller, caller.company(), write(before), write(kept));
      return kept;
    });
  }

  /** As the API and the audit trail write it. */
  public static Map<String, @Nullable Object> write(TestMode mode) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mode", mode.mode().word());
    json.put("redirect_to", mode.redirectTo() == null ? null : mode.redirectTo().spec());
    json.put("allowed", mode.allowed());
    return json;
  }

  private static TestMode find(Sql sql, String company) {
    return TestModeRows.find(sql, company).orElse(TestMode.OFF);
  }

  private static Leaving leaving(TestMode mode) {
    return switch (mode.mode()) {
      case OFF -> new Leaving.Everything();
      case CATCH_ALL -> new Leaving.Nothing();
      case REDIRECT ->
          mode.redirectTo() == null
              ? new Leaving.Nothing()
              : new Leaving.Redirected(mode.redirectTo());
      case ALLOW_LIST -> Leaving.Listed.of(mode.allowed());
    };
  }

  private static Problem changed() {
    return Problem.of(412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
  }
}
