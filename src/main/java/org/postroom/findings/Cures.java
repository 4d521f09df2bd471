package org.postroom.findings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes buttons of fixes: fills in what is known, leaves out what would change nothing. */
final class Cures {
  private static final String PORT = "smtp/port";

  private final Map<String, Cure> cures;
  private final KnownHosts hosts;

  Cures(List<Cure> cures, List<Provider> providers) {
    this.cures = cures.stream().collect(Collectors.toMap(Cure::id, Function.identity()));
    this.hosts = new KnownHosts(providers);
  }

  /** Null where the fix does not apply here, or where a value it needs is not known. */
  @Nullable Fix fix(String id, Heard heard, Map<String, String> known, Sentences.Text text) {
    Cure cure = cures.get(id);
    if (cure == null) throw new IllegalStateException("There is no fix called " + id + ".");
    if (!applies(cure, heard)) return null;
    Map<String, String> values = new HashMap<>(known);
    if (cure.maker() != null && !made(cure.maker(), heard, values)) return null;
    Map<String, String> change = new HashMap<>();
    for (var entry : cure.change().entrySet()) {
      String value = Sentences.filled(entry.getValue(), values);
      if (value == null) return null;
      change.put(entry.getKey(), value);
    }
    String label = text.with(values).sentence("fix." + cure.id());
    return new Fix(label, change);
  }

  private static boolean applies(Cure cure, Heard heard) {
    if (cure.provider() != null && !heard.of(cure.provider())) return false;
    if (cure.notFor() != null && heard.of(cure.notFor())) return false;
    String port = cure.change().get(PORT);
    if (port == null || cure.change().containsKey("smtp/host")) return true;
    boolean taken = heard.providers().stream().allMatch(provider -> provider.takes(port));
    return taken && !port.equals(heard.port());
  }

  /** Puts what the maker finds into the values; false where it finds nothing. */
  private boolean made(String maker, Heard heard, Map<String, String> values) {
    String found =
        switch (maker) {
          case "nearest-host" -> hosts.nearest(heard.host());
          case "certificate-name" -> CertificateNames.best(values.get("certificate"));
          case "exchange-domain" -> ExchangeAddress.domain(heard.host());
          case "exchange-uri" -> ExchangeAddress.uri(heard.host());
          default -> throw new IllegalStateException("There is no maker called " + maker + ".");
        };
    if (found == null || found.equals(heard.host())) return false;
    values.put("made", found);
    return true;
  }
}
