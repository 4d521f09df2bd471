package org.postroom.commandline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One command. What it says about itself is {@code commands/<name>.txt}; every command knows {@code
 * --json} and {@code --help} besides its own options.
 *
 * @param values options with a value behind them
 * @param flags options without
 */
record Command(String name, Set<String> values, Set<String> flags, Verb verb) {
  static final Set<String> SERVER = Set.of("--url", "--key-file");

  /** What it does. */
  interface Verb {
    Answer run(Words words, Terminal terminal)
        throws Wrong, Refused, IOException, InterruptedException;
  }

  static Command of(String name, Verb verb) {
    return new Command(name, Set.of(), Set.of(), verb);
  }

  /** One that asks a running Postroom. */
  static Command asking(String name, Verb verb) {
    return of(name, verb).with(SERVER.toArray(String[]::new));
  }

  Command with(String... options) {
    return new Command(name, join(values, options), flags, verb);
  }

  Command flag(String... options) {
    return new Command(name, values, join(flags, options), verb);
  }

  private static Set<String> join(Set<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }
}
