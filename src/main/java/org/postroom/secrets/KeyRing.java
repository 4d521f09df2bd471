package org.postroom.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postroom.db.Settings;

/**
 * The master keys: the first seals, all of them open. Several stand one after the other, separated
 * by commas or white space; after a rotation the old ones stay until nothing is sealed with them.
 */
final class KeyRing {
  private final List<MasterKey> keys;

  private KeyRing(List<MasterKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The keys there are; the key file is made where nothing is set and there is none. */
  static KeyRing of(Settings settings) {
    Optional<String> given = settings.get(Settings.Name.POSTROOM_SECRET_KEY);
    if (given.isPresent()) return parse(given.get(), "POSTROOM_SECRET_KEY");
    KeyFile file = new KeyFile(settings.home());
    return parse(file.content(), file.path().toString());
  }

  /** The keys as they stand now, where there are any: nothing is made. */
  static Optional<KeyRing> again(Settings settings) {
    Optional<String> given = settings.get(Settings.Name.POSTROOM_SECRET_KEY);
    if (given.isPresent()) return Optional.of(parse(given.get(), "POSTROOM_SECRET_KEY"));
    KeyFile file = new KeyFile(settings.home());
    return file.existing().map(text -> parse(text, file.path().toString()));
  }

  static KeyRing parse(String text, String source) {
    Map<String, MasterKey> keys = new LinkedHashMap<>();
    for (String word : text.split("[\\s,]+", -1)) {
      if (word.isEmpty()) continue;
      MasterKey key = MasterKey.parse(word, source);
      keys.put(key.id(), key);
    }
    if (keys.isEmpty()) throw new IllegalStateException("There is no key in " + source + ".");
    return new KeyRing(List.copyOf(keys.values()));
  }

  MasterKey current() {
    return keys.getFirst();
  }

  /** Those that only open. */
  List<MasterKey> old() {
    return keys.subList(1, keys.size());
  }

  Optional<MasterKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
