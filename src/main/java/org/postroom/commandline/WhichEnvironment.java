package org.postroom.commandline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postroom.access.Audit;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;

/** {@code postroom environment}: works on the database itself, whether Postroom runs or not. */
final class WhichEnvironment {
  private WhichEnvironment() {}

  static Answer run(Words words, Terminal terminal) throws Wrong {
    String word = words.perhaps("one word at most: original, muted or test_copy");
    Optional<Standing> wanted =
        Arrays.stream(Standing.values()).filter(one -> one.word().equals(word)).findFirst();
    if (word != null && wanted.isEmpty())
      throw new Wrong("Say original, muted or test_copy, or nothing to see what it is.");
    try (Database database = Databases.of(words.settings())) {
      var environment = new Environment(words.settings(), database, new Audit(database));
      wanted.ifPresent(environment::become);
      return Answer.done(
          List.of(
              "This environment: " + environment.id(),
              "The database belongs to: " + environment.owner(),
              "So this is: " + environment.standing().word()),
          Answer.object()
              .put("environment", environment.id())
              .put("owner", environment.owner())
              .put("standing", environment.standing().word()));
    }
  }
}
