package org.postroom.commandline;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.postroom.db.Settings;

/**
 * What a command is given and where it answers.
 *
 * @param environment the settings
 * @param in what is piped in
 * @param out answers, also the refusals of {@code --json}
 * @param err refusals in words
 */
public record Terminal(
    Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {

  /** This process's own, in UTF-8. */
  public static Terminal ours() {
    return new Terminal(
        System.getenv(),
        System.in,
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8));
  }

  Settings settings() {
    return new Settings(environment);
  }
}
