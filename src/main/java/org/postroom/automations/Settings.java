package org.postroom.automations;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.automations.Automations.Setting;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Component;

/** What is settled for each automatic mail; read for every event, parsed when it changed. */
@Component("automationSettings")
class Settings {
  private final Database database;
  private final Audit audit;
  private final Map<Key, Setting> read = new ConcurrentHashMap<>();

  private record Key(String company, Automation automation) {}

  Settings(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  List<Setting> all(String company) {
    return of(company, Arrays.asList(Automation.values()));
  }

  Setting of(String company, Automation automation) {
    return of(company, List.of(automation)).getFirst();
  }

  /** In the order asked for. One small query while nothing changed. */
  List<Setting> of(String company, List<Automation> automations) {
    return database.read(sql -> {
      Map<String, Long> versions = OptionRows.versions(sql, company);
      return automations.stream()
          .map(each -> of(sql, company, each, versions.get(each.word())))
          .toList();
    });
  }

  private Setting of(Sql sql, String company, Automation automation, @Nullable Long version) {
    if (version == null) return Setting.initial(automation);
    var key = new Key(company, automation);
    Setting known = read.get(key);
    if (known != null && known.version() == version) return known;
    Setting fresh = OptionRows.find(sql, company, automation);
    read.put(key, fresh);
    return fresh;
  }

  /** Keeps other options in place of those seen; 412 where they are not the newest any more. */
  Setting replace(Caller caller, Setting seen, Options wanted) {
    Automation automation = seen.automation();
    return database.write(sql -> {
      Setting before = OptionRows.find(sql, caller.company(), automation);
      if (before.version() != seen.version())
        throw Problem.of(
            412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
      if (before.options().equals(wanted)) return before;
      OptionRows.set(sql, caller, automation, wanted, sql.now());
      record(caller, automation, before.options(), wanted);
      return OptionRows.find(sql, caller.company(), automation);
    });
  }

  private void record(Caller caller, Automation automation, Options before, Options after) {
    String word = automation.word();
    if (before.enabled() != after.enabled())
      audit.record(
          caller, "automation.switched", word, onOff(before.enabled()), onOff(after.enabled()));
    if (!before.enabled(after.enabled()).equals(after))
      audit.record(
          caller,
          "automation.changed",
          word,
          OptionsJson.content(before),
          OptionsJson.content(after));
  }

  private static String onOff(boolean enabled) {
    return enabled ? "on" : "off";
  }
}
