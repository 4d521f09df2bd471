package org.postroom.signing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.DkimKey;
import org.postroom.mail.DkimRecord;

/**
 * The keys of a domain, without their private halves.
 *
 * @param domain as A-labels in lower case; mail from just this domain is signed
 * @param entries what has to stand in the DNS: one for RSA, one for Ed25519
 * @param activeSince null where it never signed or does not any more
 * @param checkedAt when the DNS was last asked; null for never
 */
public record SigningKey(
    String company,
    String id,
    String domain,
    State state,
    List<Entry> entries,
    Instant createdAt,
    @Nullable Instant activeSince,
    @Nullable Instant checkedAt) {

  public SigningKey {
    entries = List.copyOf(entries);
  }

  public enum State {
    WAITING,
    ACTIVE,
    /** Signed once. Its records must stay for as long as mail with its signatures is under way. */
    RETIRED
  }

  /** One record of the DNS and how it stands there. */
  public record Entry(String selector, DkimRecord record, Published published) {
    public DkimKey.Algorithm algorithm() {
      return record.algorithm();
    }

    Entry seen(Published now) {
      return new Entry(selector, record, now);
    }
  }

  SigningKey with(List<Entry> seen) {
    return new SigningKey(company, id, domain, state, seen, createdAt, activeSince, checkedAt);
  }

  public boolean active() {
    return state == State.ACTIVE;
  }

  /** The full name of a record. */
  public String name(Entry entry) {
    return entry.selector() + "._domainkey." + domain;
  }

  /** How all of it stands: as the worst of its records. */
  public Published published() {
    return entries.stream()
        .map(Entry::published)
        .max(Comparator.naturalOrder())
        .orElse(Published.UNKNOWN);
  }
}
