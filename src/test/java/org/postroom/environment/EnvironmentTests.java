package org.postroom.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.testkit.TestDatabase;

class EnvironmentTests {
  private static final Caller ADMIN =
      new Caller(
          "co_1", Caller.Kind.PERSON, "usr_1", "Maria Lund", null, Set.of(Right.values()), false);

  @ParameterizedTest
  @EnumSource
  void nodesThatSayNothingAreOneInstallation(TestDatabase kind) {
    List<Database> nodes = kind.openTogether(3, null);
    for (Database node : nodes) assertThat(on(node).standing()).isEqualTo(Standing.ORIGINAL);
    assertThat(nodes.stream().map(node -> on(node).id()).distinct()).hasSize(1);
    nodes.forEach(Database::close);
  }

  @ParameterizedTest
  @EnumSource
  void staysTheOriginalOverRestarts(TestDatabase kind) {
    Database database = kind.open(null);
    String first = on(database).id();
    assertThat(on(database).id()).isEqualTo(first);
    assertThat(on(database).foreign()).isFalse();
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void anotherIdIsMutedUntilSomebodyDecides(TestDatabase kind) {
    Database database = kind.open(null);
    assertThat(on(database, "production").standing()).isEqualTo(Standing.ORIGINAL);
    Environment copy = on(database, "staging");
    assertThat(copy.standing()).isEqualTo(Standing.MUTED);
    assertThat(copy.owner()).isEqualTo("production");
    assertThatThrownBy(() -> copy.requireOriginal("A payment"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("A payment is not possible here");

    copy.become(ADMIN, Standing.TEST_COPY);
    assertThat(copy.standing()).isEqualTo(Standing.TEST_COPY);
    assertThat(on(database, "third").standing()).isEqualTo(Standing.MUTED);
    copy.become(ADMIN, Standing.MUTED);
    assertThat(copy.standing()).isEqualTo(Standing.MUTED);

    copy.become(ADMIN, Standing.ORIGINAL);
    assertThat(copy.foreign()).isFalse();
    assertThat(on(database, "production").standing()).isEqualTo(Standing.MUTED);
    assertThat(new Audit(database).list(ADMIN, 10, null).data())
        .extracting(Audit.Entry::to)
        .containsExactly("original", "muted", "test_copy");
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void aRestoredDatabaseIsMutedWhereverItIsOpened(TestDatabase kind) {
    Database database = kind.open(null);
    assertThat(on(database).foreign()).isFalse();
    database.run(Environment::restored);
    assertThat(on(database).muted()).isTrue();
    Environment again = on(database);
    again.become(Standing.ORIGINAL);
    assertThat(again.foreign()).isFalse();
    database.close();
  }

  @Test
  void aCopiedDatabaseFileIsMuted(@TempDir Path folder) throws IOException {
    Path original = Files.createDirectory(folder.resolve("original"));
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Database database = Databases.embedded(original, null);
    assertThat(on(database).foreign()).isFalse();
    database.close();
    Files.copy(original.resolve("postroom.db"), copy.resolve("postroom.db"));

    Database copied = Databases.embedded(copy, null);
    assertThat(on(copied).standing()).isEqualTo(Standing.MUTED);
    copied.close();
    Database first = Databases.embedded(original, null);
    assertThat(on(first).standing()).isEqualTo(Standing.ORIGINAL);
    first.close();
  }

  @Test
  void anIdThatIsNoneStopsTheStart() {
    Database database = TestDatabase.SQLITE.open(null);
    assertThatThrownBy(() -> on(database, "a b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("POSTROOM_ENVIRONMENT_ID");
    database.close();
  }

  @Test
  void onlyAdministratorsDecide() {
    Database database = TestDatabase.SQLITE.open(null);
    on(database, "production");
    var clerk =
        new Caller("co_1", Caller.Kind.PERSON, "usr_2", "Sam", null, Set.of(Right.SEND), false);
    assertThatThrownBy(() -> on(database, "staging").become(clerk, Standing.ORIGINAL))
        .isInstanceOf(Problem.class);
    assertThat(on(database, "staging").muted()).isTrue();
    database.close();
  }

  private static Environment on(Database database) {
    return new Environment(new Settings(Map.of()), database, new Audit(database));
  }

  private static Environment on(Database database, String id) {
    var settings = new Settings(Map.of("POSTROOM_ENVIRONMENT_ID", id));
    return new Environment(settings, database, new Audit(database));
  }
}
