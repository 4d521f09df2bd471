package org.postroom.keeping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.postroom.keeping.Erasure.Subject;
import org.postroom.secrets.Fingerprints;

/** Compares what stands in a company's rows with lines of the list of erasures. */
final class Recognition {
  private static final int MOST_REMEMBERED = 100_000;
  private final String company;
  private final List<Fingerprints> prints;
  private final Map<String, List<String>> wanted = new HashMap<>();
  private final Map<String, Set<Subject>> found = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();

  Recognition(
      String company,
      Collection<List<ListedErasure>> erasures,
      Function<String, Optional<Fingerprints>> keys) {
    this.company = company;
    Set<String> ids = new LinkedHashSet<>();
    for (List<ListedErasure> lines : erasures)
      for (ListedErasure line : lines) {
        ids.add(line.key());
        wanted.computeIfAbsent(line.who(), who -> new ArrayList<>()).add(line.erasure());
      }
    this.prints = ids.stream().flatMap(id -> keys.apply(id).stream()).toList();
  }

  void partner(String ref) {
    compare("partner", ref, new Subject.OfPartner(ref));
  }

  void text(String text) {
    for (String reading : AddressesIn.of(text)) {
      String address = reading.toLowerCase(Locale.ROOT);
      if (seen.size() >= MOST_REMEMBERED) seen.clear();
      if (seen.add(address)) compare("address", address, new Subject.OfAddress(address));
    }
  }

  /** Whom the erasures are about, by the certificate's id, in the order they were met. */
  Map<String, Set<Subject>> found() {
    return found;
  }

  private void compare(String kind, String what, Subject subject) {
    for (Fingerprints each : prints)
      for (String id : wanted.getOrDefault(ListedErasure.who(each, company, kind, what), List.of()))
        found.computeIfAbsent(id, one -> new LinkedHashSet<>()).add(subject);
  }
}
