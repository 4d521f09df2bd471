package org.postroom.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The master keys: the first seals, all of them open. Several stand one after the other, separated
 * by commas or white space; after a rotation the old ones stay until nothing is sealed with them.
 */
final class KeyRing {
  private final List<MasterKey> keys;

  private KeyRing(List<MasterKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The keys there are; made where there are none yet. */
  static KeyRing of(KeyPlace place) {
    return parse(place.content(), place.words());
  }

  /** The keys as they stand now, where there are any: nothing is made. */
  static Optional<KeyRing> again(KeyPlace place) {
    return place.existing().map(text -> parse(text, place.words()));
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

  List<MasterKey> all() {
    return keys;
  }

  /** Those that only open. */
  List<MasterKey> old() {
    return keys.subList(1, keys.size());
  }

  Optional<MasterKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
