package org.postroom;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postroom.db.Settings;

/** What the command line can do besides running Postroom. */
final class Commands {
  private static final String HELP =
      """
      Postroom: the post room of a business.

        postroom             runs it: pages and API on http://localhost:8025
        postroom demo        runs it with the example data of a small firm
        postroom settings    prints every setting and what it is here; secrets stay secret
        postroom rotate-keys seals stored passwords with a new key, also while Postroom runs;
                             with --forget-old it takes the old key away afterwards
        postroom backup [file]
                             writes everything into one file, also while Postroom runs; into the
                             folder backups of the data folder where no file is named
        postroom verify <file>
                             says whether a backup is whole and can be restored here
        postroom restore <file> [--replace]
                             puts a backup into an empty data folder or database; with --replace
                             also where there is something already
        postroom export company <file>, export address <address> <file>, export partner <ref> <file>
                             lets the running Postroom give out what it keeps, as a ZIP file;
                             options as for check-account
        postroom check-account <id, address or name> [--test-to a@b.example] [--json]
                             checks an account of the running Postroom, stage by stage, with a real
                             test message; [--url http://host:8025] [--key-file file] where they are
                             not POSTROOM_HTTP_PORT here and POSTROOM_API_KEY
        postroom environment [original | muted | test_copy]
                             says whether this installation is the one its database belongs to, or a
                             copy, or settles which; also while Postroom runs
        postroom help        prints this

      Settings come from the environment, each also from a file named by …_FILE:
      """;

  private Commands() {}

  /**
   * Does what the words ask for.
   *
   * @return the exit code, or empty where Postroom is to be run
   */
  static Optional<Integer> run(String[] words, Map<String, String> environment, PrintStream out) {
    if (words.length == 0) return Optional.empty();
    return switch (words[0]) {
      case "help", "--help", "-h" -> done(() -> help(out));
      case "settings", "--settings" -> done(() -> settings(new Settings(environment), out));
      case "rotate-keys" -> rotateKeys(words, new Settings(environment), out);
      case "check-account" -> checkAccount(words, new Settings(environment), out);
      case "backup", "verify", "restore" ->
          Optional.of(BackupCommands.run(words, new Settings(environment), out));
      case "environment" -> environment(words, new Settings(environment), out);
      case "export" -> export(words, new Settings(environment), out);
      case "demo" -> Optional.empty();
      default -> words[0].startsWith("--") ? Optional.empty() : unknown(words[0], out);
    };
  }

  /**
   * The words as options of the application: {@code demo} is one. A demo is looked at from where it
   * runs, so its payment links lead there.
   */
  static String[] options(String[] words, Map<String, String> environment) {
    if (words.length == 0 || !List.of("demo", "--demo").contains(words[0])) return words;
    List<String> options = new ArrayList<>(List.of(words));
    options.set(0, "--demo");
    String publicUrl = Settings.Name.POSTROOM_PUBLIC_URL.name();
    String port = environment.getOrDefault(Settings.Name.POSTROOM_HTTP_PORT.name(), "8025");
    if (!environment.containsKey(publicUrl))
      options.add("--" + publicUrl + "=http://localhost:" + port);
    return options.toArray(String[]::new);
  }

  private static void help(PrintStream out) {
    out.print(HELP);
    out.println();
    for (Settings.Name name : Settings.Name.values()) {
      out.println("  " + name);
      out.println("      " + name.meaning());
    }
  }

  private static void settings(Settings settings, PrintStream out) {
    for (Settings.Name name : Settings.Name.values())
      out.println(name + ": " + settings.shown(name).orElse("not set"));
    out.println();
    out.println("Data folder: " + settings.home());
  }

  private static Optional<Integer> rotateKeys(String[] words, Settings settings, PrintStream out) {
    boolean forgetOld = words.length == 2 && words[1].equals("--forget-old");
    if (words.length > 1 && !forgetOld) return unknown(String.join(" ", words), out);
    return Optional.of(RotateKeys.run(forgetOld, settings, out));
  }

  private static Optional<Integer> environment(String[] words, Settings settings, PrintStream out) {
    if (words.length > 2) return unknown(String.join(" ", words), out);
    return Optional.of(WhichEnvironment.run(words.length == 2 ? words[1] : "", settings, out));
  }

  private static Optional<Integer> checkAccount(
      String[] words, Settings settings, PrintStream out) {
    try {
      return Optional.of(CheckAccount.run(CommandWords.of(words, settings), out));
    } catch (CommandWords.Wrong wrong) {
      out.println(wrong.getMessage());
      return Optional.of(2);
    }
  }

  private static Optional<Integer> export(String[] words, Settings settings, PrintStream out) {
    try {
      return Optional.of(ExportData.run(CommandWords.of(words, settings), out));
    } catch (CommandWords.Wrong wrong) {
      out.println(wrong.getMessage());
      return Optional.of(2);
    }
  }

  private static Optional<Integer> unknown(String word, PrintStream out) {
    out.println("There is no command “" + word + "”.");
    out.println();
    out.print(HELP.substring(0, HELP.lastIndexOf("\n\n") + 1));
    return Optional.of(2);
  }

  private static Optional<Integer> done(Runnable command) {
    command.run();
    return Optional.of(0);
  }
}
