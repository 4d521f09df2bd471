package org.postroom.partners;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * Who gets mails of one purpose: the alternatives are tried in order, the first in which any source
 * has an address wins, with everything its sources have.
 *
 * @param alternatives groups of sources that are taken together
 * @param always sources of copies that go along in any case
 */
public record RecipientOrder(
    Purpose purpose, List<List<RecipientSource>> alternatives, List<RecipientSource> always) {

  public RecipientOrder {
    alternatives = alternatives.stream().map(List::copyOf).toList();
    always = List.copyOf(always);
  }

  /**
   * Finds the recipients. Each address comes once over To, Cc and Bcc: the first role counts.
   *
   * @param partner null where the document names none
   * @param templateBcc goes along in any case
   */
  public Recipients resolve(
      @Nullable Partner partner,
      OnDocument document,
      List<Address> templateCc,
      List<Address> templateBcc) {
    var lookup = new Lookup(purpose, partner, document, templateCc);
    List<Lookup.Found> found = firstFilled(lookup);
    Set<String> seen = new HashSet<>();
    List<Address> to = once(found.stream().flatMap(each -> each.addresses().stream()), seen);
    List<Address> cc =
        once(always.stream().flatMap(source -> lookup.find(source).addresses().stream()), seen);
    List<Address> bcc = once(templateBcc.stream(), seen);
    return new Recipients(to, cc, bcc, found.isEmpty() ? nobody(partner) : sentence(found));
  }

  private List<Lookup.Found> firstFilled(Lookup lookup) {
    for (List<RecipientSource> group : alternatives) {
      List<Lookup.Found> filled =
          group.stream().map(lookup::find).filter(each -> !each.addresses().isEmpty()).toList();
      if (!filled.isEmpty()) return filled;
    }
    return List.of();
  }

  private static List<Address> once(Stream<Address> addresses, Set<String> seen) {
    return addresses.filter(address -> seen.add(address.key())).toList();
  }

  /** "Contact and shipment notification address of the document". */
  private static String sentence(List<Lookup.Found> found) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Lookup.Found each = found.get(i);
      boolean sameOwnerFollows =
          i + 1 < found.size() && found.get(i + 1).owner().equals(each.owner());
      parts.add(sameOwnerFollows ? each.label() : each.label() + " of " + each.owner());
    }
    return capital(String.join(" and ", parts));
  }

  private String nobody(@Nullable Partner partner) {
    List<String> looked =
        alternatives.stream()
            .flatMap(List::stream)
            .map(RecipientSource::label)
            .distinct()
            .collect(Collectors.toCollection(ArrayList::new));
    String last = looked.removeLast();
    String list = looked.isEmpty() ? last : String.join(", ", looked) + " and " + last;
    String where =
        partner == null
            ? "the document has none, and it names no partner."
            : "neither the document nor " + partner.name() + " has one.";
    return "No address: looked for " + list + ", but " + where;
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
