package org.postroom.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.postroom.db.Settings;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom help}: the list of commands, or the page of one. */
final class Manual {
  private static final String AT_SERVER = "@server\n";
  private static final String AT_EVERY = "@every\n";

  private Manual() {}

  static Answer run(Words words, Terminal terminal) throws Wrong {
    String wanted = words.perhaps("one command at most");
    if (wanted == null) return Answer.done(overview() + settings(), list());
    if (Commands.find(wanted).isEmpty()) throw new Wrong("There is no command “" + wanted + "”.");
    return Answer.done(
        page(wanted).stripTrailing(),
        Answer.object()
            .put("command", wanted)
            .put("summary", summary(wanted))
            .put("page", page(wanted)));
  }

  /** As man shows it. */
  static String page(String command) {
    return text(command).replace(AT_SERVER, text("_server")).replace(AT_EVERY, text("_every"));
  }

  /** Behind the dash of the NAME line. */
  static String summary(String command) {
    String line = page(command).lines().skip(1).findFirst().orElseThrow();
    return line.substring(line.indexOf(" - ") + 3);
  }

  static String overview() {
    var text =
        new StringBuilder(
            """
            Postroom: the post room of a business.

              postroom                runs it: pages and API on http://localhost:8025
              postroom demo           runs it with the example data of a small firm
            """);
    for (Command command : Commands.ALL)
      text.append(
          String.format(
              Locale.ROOT, "  postroom %-14s %s%n", command.name(), summary(command.name())));
    return text.append("\nEvery command knows --json, and “postroom help <command>” tells all.\n")
        .toString();
  }

  private static String settings() {
    var text =
        new StringBuilder(
            "\nSettings come from the environment, each also from a file named by …_FILE:\n");
    for (Settings.Name name : Settings.Name.values())
      text.append("\n  ").append(name).append("\n      ").append(name.meaning());
    return text.toString();
  }

  private static ObjectNode list() {
    ObjectNode json = Answer.object();
    ArrayNode all = json.putArray("commands");
    for (Command command : Commands.ALL)
      all.addObject().put("name", command.name()).put("summary", summary(command.name()));
    return json;
  }

  private static String text(String name) {
    String resource = "/commands/" + name + ".txt";
    try (InputStream in = Manual.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException("There is no " + resource + ".");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static List<String> commands() {
    return Commands.ALL.stream().map(Command::name).toList();
  }
}
