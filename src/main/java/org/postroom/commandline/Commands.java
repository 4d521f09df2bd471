package org.postroom.commandline;

import java.util.List;
import java.util.Optional;

/** The one list of what the command line knows, in the order that help shows it. */
final class Commands {
  static final List<Command> ALL =
      List.of(
          Command.of("settings", ShowSettings::run),
          Command.of("doctor", Examine::run),
          CreateAdmin.COMMAND,
          CheckAccount.COMMAND,
          SendMessage.COMMAND,
          ImportTable.COMMAND,
          ExportData.COMMAND,
          Command.of("backup", Backups::write),
          Command.of("verify", Backups::verify),
          Command.of("restore", Backups::restore).flag("--replace"),
          EraseThemAgain.COMMAND,
          Command.of("rotate-keys", RotateKeys::run).flag("--forget-old"),
          Command.of("environment", WhichEnvironment::run),
          BundleSupport.COMMAND,
          Command.of("version", ShowVersion::run),
          Command.of("help", Manual::run));

  private Commands() {}

  static Optional<Command> find(String name) {
    return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
  }
}
