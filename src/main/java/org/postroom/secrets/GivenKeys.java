package org.postroom.secrets;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Settings;

/** The keys of POSTROOM_SECRET_KEY, which only a person changes. */
record GivenKeys(Settings settings) implements KeyPlace {

  @Override
  public String content() {
    return existing().orElseThrow();
  }

  @Override
  public Optional<String> existing() {
    return settings.get(Settings.Name.POSTROOM_SECRET_KEY);
  }

  @Override
  public void replace(List<MasterKey> keys) throws IOException {
    throw new IOException("POSTROOM_SECRET_KEY can only be changed by a person.");
  }

  @Override
  public Instant changedAt() {
    return Instant.EPOCH;
  }

  @Override
  public String words() {
    return "POSTROOM_SECRET_KEY";
  }
}
