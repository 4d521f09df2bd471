package org.postroom.compose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Draft;

/** Everybody the message goes to, each once, and why. */
record Addressed(List<Draft.To> recipients, String reason) {

  static Addressed of(List<Address> to, List<Address> cc, List<Address> bcc, String reason) {
    List<Draft.To> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    add(all, seen, to, RecipientRole.TO);
    add(all, seen, cc, RecipientRole.CC);
    add(all, seen, bcc, RecipientRole.BCC);
    return new Addressed(all, reason);
  }

  static List<Draft.To> unique(List<Address> addresses, RecipientRole role) {
    List<Draft.To> all = new ArrayList<>();
    add(all, new HashSet<>(), addresses, role);
    return all;
  }

  List<Address> addresses(RecipientRole role) {
    return recipients.stream().filter(to -> to.role() == role).map(Draft.To::address).toList();
  }

  private static void add(
      List<Draft.To> all, Set<String> seen, List<Address> addresses, RecipientRole role) {
    for (Address address : addresses)
      if (seen.add(address.key())) all.add(new Draft.To(address, role));
  }
}
