package org.postroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;

/** The words behind a command that talks to a running Postroom. */
final class CommandWords {
  private static final Set<String> WITH_VALUE = Set.of("--test-to", "--key-file", "--url");
  private static final Set<String> FLAGS = Set.of("--json", "--replace");

  private final Settings settings;
  private final List<String> plain = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();
  private final Set<String> flags = new HashSet<>();

  /** The command cannot be followed; the message says why. */
  static final class Wrong extends Exception {
    Wrong(String message) {
      super(message, null, false, false);
    }
  }

  private CommandWords(Settings settings) {
    this.settings = settings;
  }

  /** Reads all words but the first, which is the command. */
  static CommandWords of(String[] words, Settings settings) throws Wrong {
    var read = new CommandWords(settings);
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      if (FLAGS.contains(word)) read.flags.add(word);
      else if (WITH_VALUE.contains(word)) {
        if (i + 1 == words.length) throw new Wrong(word + " needs a value.");
        read.options.put(word, words[++i]);
      } else if (word.startsWith("--")) throw new Wrong("There is no option " + word + ".");
      else read.plain.add(word);
    }
    return read;
  }

  String only(String what) throws Wrong {
    if (plain.size() == 1) return plain.getFirst();
    throw new Wrong("This command needs " + what + ".");
  }

  /** All that are neither options nor flags. */
  List<String> some() {
    return List.copyOf(plain);
  }

  /** Null where none is given. */
  @Nullable String perhaps(String what) throws Wrong {
    return plain.isEmpty() ? null : only(what);
  }

  /** Empty where it is not given. */
  String option(String name) {
    return options.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return flags.contains(name);
  }

  /** Where Postroom runs: here, unless {@code --url} says otherwise. */
  String server() {
    String port = settings.get(Settings.Name.POSTROOM_HTTP_PORT).orElse("8025");
    String url = options.getOrDefault("--url", "http://localhost:" + port);
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  String key() throws Wrong {
    String file = option("--key-file");
    if (file.isEmpty())
      return settings
          .get(Settings.Name.POSTROOM_API_KEY)
          .orElseThrow(() ->
              new Wrong("Name an API key: POSTROOM_API_KEY, POSTROOM_API_KEY_FILE or --key-file."));
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new Wrong("The key file " + file + " cannot be read: " + unreadable.getMessage());
    }
  }
}
