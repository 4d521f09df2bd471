package org.postroom.secrets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.postroom.db.Settings;

/**
 * The master keys: the first seals, all of them open. Several stand one after the other, separated
 * by commas or white space; after a rotation the old ones stay until nothing is sealed with them.
 */
final class KeyRing {
  private final MasterKey current;
  private final Map<String, MasterKey> byId;

  private KeyRing(MasterKey current, Map<String, MasterKey> byId) {
    this.current = current;
    this.byId = Map.copyOf(byId);
  }

  static KeyRing of(Settings settings) {
    Optional<String> given = settings.get(Settings.Name.POSTROOM_SECRET_KEY);
    if (given.isPresent()) return parse(given.get(), "POSTROOM_SECRET_KEY");
    KeyFile file = new KeyFile(settings.home());
    return parse(file.content(), file.path().toString());
  }

  private static KeyRing parse(String text, String source) {
    Map<String, MasterKey> keys = new LinkedHashMap<>();
    for (String word : text.split("[\\s,]+", -1)) {
      if (word.isEmpty()) continue;
      MasterKey key = MasterKey.parse(word, source);
      keys.put(key.id(), key);
    }
    if (keys.isEmpty()) throw new IllegalStateException("There is no key in " + source + ".");
    return new KeyRing(keys.values().iterator().next(), keys);
  }

  MasterKey current() {
    return current;
  }

  Optional<MasterKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
