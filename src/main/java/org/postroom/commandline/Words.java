package org.postroom.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;

/** The words behind a command, read by what it knows. */
final class Words {
  private final Settings settings;
  private final List<String> plain = new ArrayList<>();
  private final Map<String, List<String>> options = new LinkedHashMap<>();
  private final Set<String> flags = new HashSet<>();

  private Words(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads all words but the first, which is the command. Behind {@code --} nothing is an option.
   */
  static Words of(Command command, List<String> words, Settings settings) throws Wrong {
    var read = new Words(settings);
    boolean onlyPlain = false;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (onlyPlain || !word.startsWith("--")) read.plain.add(word);
      else if (word.equals("--")) onlyPlain = true;
      else i += read.option(command, word, i + 1 < words.size() ? words.get(i + 1) : null);
    }
    return read;
  }

  /** How many further words it took. */
  private int option(Command command, String word, @Nullable String next) throws Wrong {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (word.equals("--json") || command.flags().contains(word)) {
      flags.add(word);
      return 0;
    }
    if (!command.values().contains(name))
      throw new Wrong(
          "There is no option " + name + ". See: postroom help " + command.name() + ".");
    if (equals < 0 && next == null) throw new Wrong(name + " needs a value.");
    String value = equals < 0 ? String.valueOf(next) : word.substring(equals + 1);
    options.computeIfAbsent(name, one -> new ArrayList<>()).add(value);
    return equals < 0 ? 1 : 0;
  }

  Settings settings() {
    return settings;
  }

  String only(String what) throws Wrong {
    if (plain.size() == 1) return plain.getFirst();
    throw new Wrong("This command needs " + what + ".");
  }

  void none() throws Wrong {
    if (!plain.isEmpty()) throw new Wrong("“" + plain.getFirst() + "” says nothing here.");
  }

  /** All that are neither options nor flags. */
  List<String> some() {
    return List.copyOf(plain);
  }

  /** Null where none is given. */
  @Nullable String perhaps(String what) throws Wrong {
    return plain.isEmpty() ? null : only(what);
  }

  /** The last one, where it is given several times. */
  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name)).map(List::getLast);
  }

  /** As often as it was given. */
  List<String> options(String name) {
    return options.getOrDefault(name, List.of());
  }

  boolean flag(String name) {
    return flags.contains(name);
  }

  boolean json() {
    return flag("--json");
  }

  /** Where Postroom runs: here, unless {@code --url} says otherwise. */
  String server() {
    String port = settings.get(Settings.Name.POSTROOM_HTTP_PORT).orElse("8025");
    String url = option("--url").orElse("http://localhost:" + port);
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  String key() throws Wrong {
    Optional<String> file = option("--key-file");
    if (file.isPresent()) return secretFrom(file.get());
    return settings
        .get(Settings.Name.POSTROOM_API_KEY)
        .orElseThrow(() ->
            new Wrong("Name an API key: POSTROOM_API_KEY, POSTROOM_API_KEY_FILE or --key-file."));
  }

  static String secretFrom(String file) throws Wrong {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new Wrong("The file " + file + " cannot be read: " + unreadable.getMessage());
    }
  }
}
