package org.postroom.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.postroom.doctor.SupportBundle;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom support-bundle}: what somebody who helps needs to see, without secrets. */
final class BundleSupport {
  static final Command COMMAND = Command.of("support-bundle", BundleSupport::run).with("--log");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'postroom-support-'yyyyMMdd-HHmmss'.zip'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private BundleSupport() {}

  static Answer run(Words words, Terminal terminal) throws Wrong, IOException {
    String given = words.perhaps("one file at most");
    Path file = Path.of(given == null ? NAME.format(Instant.now()) : given).toAbsolutePath();
    if (Files.exists(file)) throw new Wrong(file + " exists already.");
    List<Path> logs = words.options("--log").stream().map(Path::of).toList();
    for (Path log : logs)
      if (!Files.isRegularFile(log)) throw new Wrong("There is no file " + log + ".");
    List<String> inside = new SupportBundle(terminal.environment()).write(file, logs);
    ObjectNode json = Answer.object().put("result", "written").put("file", file.toString());
    inside.forEach(json.putArray("inside")::add);
    return Answer.done(
        List.of(
            file + ": " + String.join(", ", inside),
            "Secrets and people's addresses are taken out. Look into it before you give it away."),
        json);
  }
}
