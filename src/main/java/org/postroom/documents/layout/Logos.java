package org.postroom.documents.layout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.postroom.access.Company;
import org.postroom.documents.press.Picture;

/** Logos made ready, kept for the companies that print most recently. */
final class Logos {
  private static final int KEPT = 64;

  private record Ready(byte[] original, Optional<Picture> picture) {}

  private final Map<String, Ready> ready =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ready> eldest) {
          return size() > KEPT;
        }
      };

  Optional<Picture> of(Company company) {
    byte[] original = company.logo();
    if (original == null || original.length == 0) return Optional.empty();
    synchronized (ready) {
      Ready known = ready.get(company.id());
      if (known != null && Arrays.equals(known.original(), original)) return known.picture();
    }
    Optional<Picture> picture = Logo.of(original);
    synchronized (ready) {
      ready.put(company.id(), new Ready(original, picture));
    }
    return picture;
  }
}
