package org.postroom.commandline;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Administrators;
import org.postroom.access.NewPerson;
import org.postroom.accounts.StartingMailbox;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.postroom.mail.Address;

/**
 * {@code postroom create-admin}: works on the database itself, whether Postroom runs or not. Makes
 * the first company too, and lets somebody in again who cannot sign in any more.
 */
final class CreateAdmin {
  static final Command COMMAND =
      Command.of("create-admin", CreateAdmin::run)
          .with("--name", "--company", "--password-file")
          .flag("--reset-password");
  private static final int LONGEST = 1000;

  private CreateAdmin() {}

  static Answer run(Words words, Terminal terminal) throws Wrong, IOException {
    String email = words.only("the email address of the administrator");
    Settings settings = words.settings();
    String password = password(words, terminal);
    NewPerson person =
        NewPerson.of(words.option("--name").orElse("Administrator"), email, password);
    Optional<String> company =
        words.option("--company").or(() -> settings.get(Name.POSTROOM_COMPANY));
    try (Database database = Databases.of(settings)) {
      var administrators =
          new Administrators(
              database,
              (made, admin) ->
                  StartingMailbox.make(
                      database, made.id(), new Address(made.name(), admin.email())));
      Administrators.Made made =
          words.flag("--reset-password")
              ? administrators.letIn(person)
              : administrators.add(person, company.orElse(""));
      return Answer.done(
          made.words(),
          Answer.object()
              .put("result", made.result())
              .put("person", made.person())
              .put("email", person.email())
              .put("company", made.company()));
    }
  }

  /** Never a word of the command: other users of a machine see those. */
  private static String password(Words words, Terminal terminal) throws Wrong, IOException {
    Optional<String> file = words.option("--password-file");
    if (file.isPresent() && !file.get().equals("-")) return Words.secretFrom(file.get());
    Optional<String> set = words.settings().get(Name.POSTROOM_ADMIN_PASSWORD);
    if (file.isEmpty() && set.isPresent()) return set.get();
    Console console = console();
    if (file.isEmpty() && console != null && console.isTerminal()) return typed(console);
    byte[] piped = terminal.in().readNBytes(LONGEST);
    String password = new String(piped, StandardCharsets.UTF_8).strip();
    if (!password.isEmpty()) return password;
    throw new Wrong("Give the password: --password-file <file>, or piped in.");
  }

  /**
   * Null where nobody sits there, again since JDK 25, whatever the checker says of 22 and later.
   */
  private static @Nullable Console console() {
    return System.console();
  }

  private static String typed(Console console) throws Wrong {
    char[] first = console.readPassword("Password (at least 12 characters): ");
    char[] again = console.readPassword("Once more: ");
    if (first == null || again == null) throw new Wrong("No password was given.");
    if (!new String(first).equals(new String(again)))
      throw new Wrong("The two passwords are not the same.");
    return new String(first);
  }
}
