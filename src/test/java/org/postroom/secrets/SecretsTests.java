package org.postroom.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.db.Settings;

class SecretsTests {
  private static final String PLACE = Secrets.place("accounts", "co_1", "acc_1", "secret");

  @TempDir Path home;

  @Test
  void opensWhatItSealedAndNeverSealsAlike() {
    Secrets secrets = secretsAtHome();
    Set<String> sealed = new HashSet<>();
    for (int i = 0; i < 200; i++) sealed.add(secrets.seal(PLACE, "pässword 🔑 with spaces"));
    assertThat(sealed).hasSize(200);
    assertThat(sealed)
        .allSatisfy(text -> {
          assertThat(text).startsWith("v1:").doesNotContain("ssword");
          assertThat(secrets.open(PLACE, text)).isEqualTo("pässword 🔑 with spaces");
        });
    assertThat(secrets.open(PLACE, secrets.seal(PLACE, ""))).isEmpty();
  }

  @Test
  void makesAKeyOnFirstStartThatOnlyItsOwnerReadsAndKeepsIt() throws IOException {
    String sealed = secretsAtHome().seal(PLACE, "kept");
    Path file = home.resolve("secret.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String key = Files.readString(file);
    assertThat(secretsAtHome().open(PLACE, sealed)).isEqualTo("kept");
    assertThat(Files.readString(file)).isEqualTo(key);
  }

  @Test
  void refusesASecretMovedToAnotherPlace() {
    Secrets secrets = secretsAtHome();
    String sealed = secrets.seal(PLACE, "secret");
    for (String other :
        Set.of(
            Secrets.place("accounts", "co_1", "acc_2", "secret"),
            Secrets.place("accounts", "co_2", "acc_1", "secret"),
            Secrets.place("accounts", "co_1", "acc_1", "token"),
            Secrets.place("endpoints", "co_1", "acc_1", "secret"))) {
      assertThatThrownBy(() -> secrets.open(other, sealed))
          .isInstanceOf(CannotOpen.class)
          .hasMessageContaining("comes from another row");
    }
  }

  @Test
  void refusesASecretChangedAtAnyCharacter() {
    Secrets secrets = secretsAtHome();
    String sealed = secrets.seal(PLACE, "secret");
    for (int i = 0; i < sealed.length(); i++) {
      char other = sealed.charAt(i) == 'A' ? 'Q' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThatThrownBy(() -> secrets.open(PLACE, changed)).isInstanceOf(CannotOpen.class);
    }
  }

  @Test
  void cannotMixTheDataKeyOfOneSecretWithTheContentOfAnother() {
    Secrets secrets = secretsAtHome();
    String[] one = secrets.seal(PLACE, "one").split(":");
    String[] two = secrets.seal(PLACE, "two").split(":");
    String mixed = String.join(":", one[0], one[1], one[2], two[3]);
    assertThatThrownBy(() -> secrets.open(PLACE, mixed)).isInstanceOf(CannotOpen.class);
  }

  @Test
  void refusesTextItNeverMade() {
    Secrets secrets = secretsAtHome();
    for (String text : Set.of("", "plain password", "v1:::", "v2:a:b:c", "v1:a:b", ":::")) {
      assertThatThrownBy(() -> secrets.open(PLACE, text)).isInstanceOf(CannotOpen.class);
    }
  }

  @Test
  void namesTheMissingKeyWhenSealedWithAnother() {
    String sealed = secretsWith(key(1)).seal(PLACE, "secret");
    String id = sealed.split(":")[1];
    assertThatThrownBy(() -> secretsWith(key(2)).open(PLACE, sealed))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("sealed with key " + id)
        .hasMessageContaining("POSTROOM_SECRET_KEY");
  }

  @Test
  void sealsWithTheFirstKeyAndOpensWithTheOlderOnes() {
    String old = secretsWith(key(1)).seal(PLACE, "old");
    Secrets rotated = secretsWith(key(2) + ", " + key(1));
    String fresh = rotated.seal(PLACE, "fresh");
    assertThat(rotated.open(PLACE, old)).isEqualTo("old");
    assertThat(rotated.sealedWithCurrentKey(old)).isFalse();
    assertThat(rotated.sealedWithCurrentKey(fresh)).isTrue();
    assertThat(secretsWith(key(2)).open(PLACE, fresh)).isEqualTo("fresh");
  }

  @Test
  void readsTheKeyFromAFileNamedInTheEnvironment() throws IOException {
    Path file = Files.writeString(home.resolve("mounted"), key(7) + "\n");
    var settings =
        new Settings(
            Map.of("POSTROOM_SECRET_KEY_FILE", file.toString(), "POSTROOM_HOME", home.toString()));
    String sealed = new Secrets(settings).seal(PLACE, "secret");
    assertThat(secretsWith(key(7)).open(PLACE, sealed)).isEqualTo("secret");
    assertThat(home.resolve("secret.key")).doesNotExist();
  }

  @Test
  void refusesToStartWithAKeyThatIsNone() throws IOException {
    assertThatThrownBy(() -> secretsWith("not-base64!"))
        .hasMessage("The key in POSTROOM_SECRET_KEY is not base64.");
    assertThatThrownBy(() -> secretsWith("c2hvcnQ="))
        .hasMessage("The key in POSTROOM_SECRET_KEY has 5 bytes; it must have 32.");
    Files.writeString(home.resolve("secret.key"), "\n");
    assertThatThrownBy(this::secretsAtHome).hasMessageStartingWith("There is no key in ");
  }

  @Test
  void aPlaceCannotBeAmbiguous() {
    assertThatThrownBy(() -> Secrets.place("accounts", "a/b", "c", "d"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Secrets secretsAtHome() {
    return new Secrets(new Settings(Map.of("POSTROOM_HOME", home.toString())));
  }

  private static Secrets secretsWith(String keys) {
    return new Secrets(new Settings(Map.of("POSTROOM_SECRET_KEY", keys)));
  }

  private static String key(int seed) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) seed);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
