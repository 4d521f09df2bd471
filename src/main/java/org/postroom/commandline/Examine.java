package org.postroom.commandline;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postroom.db.Settings;
import org.postroom.doctor.Doctor;
import org.postroom.doctor.Found;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom doctor}: what is set, and what is wrong with it. */
final class Examine {
  private static final Map<Found.Result, String> SIGNS =
      Map.of(Found.Result.OK, "✓", Found.Result.WARNING, "!", Found.Result.PROBLEM, "✗");

  private Examine() {}

  static Answer run(Words words, Terminal terminal) throws Wrong {
    words.none();
    List<Found> found = new Doctor(terminal.environment(), Clock.systemUTC()).examine();
    boolean ill = found.stream().anyMatch(each -> each.result() == Found.Result.PROBLEM);
    return new Answer(
        ill ? 1 : 0, lines(words.settings(), found), json(words.settings(), found, ill));
  }

  private static List<String> lines(Settings settings, List<Found> found) {
    List<String> lines = new ArrayList<>();
    for (Settings.Name name : Settings.Name.values())
      shown(settings, name).ifPresent(value -> lines.add(name + ": " + value));
    if (!lines.isEmpty()) lines.add("");
    for (Found each : found) {
      lines.add(SIGNS.get(each.result()) + " " + each.what());
      if (!each.advice().isEmpty()) lines.add("    " + each.advice());
    }
    lines.add("");
    lines.add(summary(found));
    return lines;
  }

  private static String summary(List<Found> found) {
    long problems = found.stream().filter(each -> each.result() == Found.Result.PROBLEM).count();
    long warnings = found.stream().filter(each -> each.result() == Found.Result.WARNING).count();
    if (problems + warnings == 0) return "All is well.";
    return problems + " to repair, " + warnings + " to think about.";
  }

  private static ObjectNode json(Settings settings, List<Found> found, boolean ill) {
    ObjectNode json = Answer.object().put("result", ill ? "problems" : "ok");
    ArrayNode all = json.putArray("found");
    for (Found each : found)
      all.addObject()
          .put("id", each.id())
          .put("result", each.result().word())
          .put("what", each.what())
          .put("advice", each.advice());
    ObjectNode set = json.putObject("settings");
    for (Settings.Name name : Settings.Name.values())
      shown(settings, name).ifPresent(value -> set.put(name.name(), value));
    return json;
  }

  /** A file that cannot be read is one of the things found. */
  private static java.util.Optional<String> shown(Settings settings, Settings.Name name) {
    try {
      return settings.shown(name);
    } catch (IllegalStateException unreadable) {
      return java.util.Optional.of("cannot be read");
    }
  }
}
