package org.postroom.documents.layout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.postroom.access.Company;

/** Logos made ready, kept for the companies that print most recently. */
final class Logos {
  private static final int KEPT = 64;

  private record Ready(byte[] original, Optional<Logo> logo) {}

  private final Map<String, Ready> ready =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ready> eldest) {
          return size() > KEPT;
        }
      };

  Optional<Logo> of(Company company) {
    byte[] original = company.logo();
    if (original == null || original.length == 0) return Optional.empty();
    synchronized (ready) {
      Ready known = ready.get(company.id());
      if (known != null && Arrays.equals(known.original(), original)) return known.logo();
    }
    Optional<Logo> logo = Logo.of(original);
    synchronized (ready) {
      ready.put(company.id(), new Ready(original, logo));
    }
    return logo;
  }
}
