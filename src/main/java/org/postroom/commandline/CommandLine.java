package org.postroom.commandline;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.CannotStart;
import org.postroom.db.DatabaseAway;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.secrets.CannotOpen;
import tools.jackson.databind.node.ObjectNode;

/** What the command line can do besides running Postroom. */
public final class CommandLine {
  private static final List<String> RUNS = List.of("demo", "--demo");
  private static final int NOT_UNDERSTOOD = 2;

  private CommandLine() {}

  /**
   * Does what the words ask for.
   *
   * @return the exit code (0 done, 1 the answer is no, 2 not understood, or nobody could be asked),
   *     or empty where Postroom is to be run
   */
  public static Optional<Integer> run(String[] given, Terminal terminal) {
    List<String> words = meant(given);
    if (words.isEmpty() || RUNS.contains(words.getFirst())) return Optional.empty();
    boolean json = words.contains("--json");
    Optional<Command> command = Commands.find(words.getFirst());
    if (command.isPresent()) return Optional.of(run(command.get(), words, terminal, json));
    if (words.getFirst().startsWith("--")) return Optional.empty(); // for the application
    String wrong = "There is no command “" + words.getFirst() + "”.";
    refuse(terminal, json, wrong, json ? null : "\n" + Manual.overview());
    return Optional.of(NOT_UNDERSTOOD);
  }

  /**
   * The words as options of the application: {@code demo} is one. A demo is looked at from where it
   * runs, so its payment links lead there.
   */
  public static String[] options(String[] words, Map<String, String> environment) {
    if (words.length == 0 || !RUNS.contains(words[0])) return words;
    List<String> options = new ArrayList<>(List.of(words));
    options.set(0, "--demo");
    String publicUrl = Settings.Name.POSTROOM_PUBLIC_URL.name();
    String port = environment.getOrDefault(Settings.Name.POSTROOM_HTTP_PORT.name(), "8025");
    if (!environment.containsKey(publicUrl))
      options.add("--" + publicUrl + "=http://localhost:" + port);
    return options.toArray(String[]::new);
  }

  /** Some ways to say the same. */
  private static List<String> meant(String[] given) {
    List<String> words = new ArrayList<>(Arrays.asList(given));
    if (words.isEmpty()) return words;
    switch (words.getFirst()) {
      case "--help", "-h" -> words.set(0, "help");
      case "--version" -> words.set(0, "version");
      case "--settings" -> words.set(0, "settings");
      default -> {
        if (words.contains("--help") && Commands.find(words.getFirst()).isPresent())
          return List.of("help", words.getFirst());
      }
    }
    return words;
  }

  private static int run(Command command, List<String> words, Terminal terminal, boolean json) {
    try (var _ = new Quiet()) {
      Answer answer = command.verb().run(Words.of(command, words, terminal.settings()), terminal);
      if (json) terminal.out().println(answer.json().toPrettyString());
      else answer.lines().forEach(terminal.out()::println);
      return answer.code();
    } catch (Wrong wrong) {
      refuse(terminal, json, wrong.getMessage(), null);
      return NOT_UNDERSTOOD;
    } catch (NoSuchFileException missing) {
      refuse(terminal, json, "There is no file " + missing.getFile() + ".", null);
    } catch (CannotStart refused) {
      refuse(terminal, json, refused.getMessage(), refused.advice());
    } catch (Problem problem) {
      refuse(terminal, json, words(problem), null);
    } catch (Refused
        | IOException
        | CannotOpen
        | DatabaseAway
        | IllegalStateException
        | IllegalArgumentException failure) {
      refuse(terminal, json, failure.getMessage(), null);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      refuse(terminal, json, "Stopped.", null);
    }
    return 1;
  }

  private static String words(Problem problem) {
    if (problem.errors().isEmpty()) return problem.detail();
    List<String> lines = new ArrayList<>();
    problem.errors().forEach(error -> lines.add(error.message()));
    return String.join("\n", lines);
  }

  private static void refuse(
      Terminal terminal, boolean json, @Nullable String message, @Nullable String advice) {
    String words = message == null ? "It could not be done." : message;
    if (json) {
      ObjectNode refused = Answer.object().put("result", "refused").put("message", words);
      if (advice != null) refused.put("advice", advice);
      terminal.out().println(refused.toPrettyString());
      return;
    }
    terminal.err().println(words);
    if (advice != null) terminal.err().println(advice);
  }
}
