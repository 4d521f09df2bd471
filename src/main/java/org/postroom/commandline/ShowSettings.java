package org.postroom.commandline;

import java.util.ArrayList;
import java.util.List;
import org.postroom.db.Settings;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom settings}: each with what it is here; secrets stay secret. */
final class ShowSettings {
  private ShowSettings() {}

  static Answer run(Words words, Terminal terminal) throws Wrong {
    words.none();
    Settings settings = words.settings();
    List<String> lines = new ArrayList<>();
    ObjectNode json = Answer.object().put("home", settings.home().toString());
    ObjectNode each = json.putObject("settings");
    for (Settings.Name name : Settings.Name.values()) {
      lines.add(name + ": " + settings.shown(name).orElse("not set"));
      each.put(name.name(), settings.shown(name).orElse(null));
    }
    lines.add("");
    lines.add("Data folder: " + settings.home());
    return Answer.done(lines, json);
  }
}
