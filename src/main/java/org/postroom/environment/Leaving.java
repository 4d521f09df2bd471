package org.postroom.environment;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postroom.mail.Address;

/** What may leave for a company at one moment. Two that are equal let the same leave. */
public sealed interface Leaving {

  /** Whether mail may really be handed over for the address, to that address. */
  boolean reaches(Address recipient);

  /** In earnest. */
  record Everything() implements Leaving {
    @Override
    public boolean reaches(Address recipient) {
      return true;
    }
  }

  /** All is caught. */
  record Nothing() implements Leaving {
    @Override
    public boolean reaches(Address recipient) {
      return false;
    }
  }

  /** All goes to one address. */
  record Redirected(Address to) implements Leaving {
    @Override
    public boolean reaches(Address recipient) {
      return recipient.key().equals(to.key());
    }
  }

  /**
   * Some go, the rest is caught.
   *
   * @param keys of addresses, and of domains behind an @
   */
  record Listed(Set<String> keys) implements Leaving {
    public Listed {
      keys = Set.copyOf(keys);
    }

    static Listed of(List<String> allowed) {
      return new Listed(
          allowed.stream()
              .map(
                  one -> one.contains("@") ? Address.of(one).key() : domain(Address.of("x@" + one)))
              .collect(Collectors.toSet()));
    }

    @Override
    public boolean reaches(Address recipient) {
      return keys.contains(recipient.key()) || keys.contains(domain(recipient));
    }

    private static String domain(Address address) {
      String key = address.key();
      return key.substring(key.lastIndexOf('@'));
    }
  }

  /** Not even that: the installation is a copy nobody has said anything about. */
  record Muted() implements Leaving {
    @Override
    public boolean reaches(Address recipient) {
      return false;
    }
  }
}
