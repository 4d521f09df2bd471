package org.postroom.compose;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.Documents;
import org.postroom.mail.Address;
import org.postroom.partners.OnDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.RecipientOrder;
import org.postroom.partners.Recipients;
import org.springframework.stereotype.Component;

/** Shows on a real partner or document what a recipient order gives. */
@Component
public class WouldGoTo {
  private static final int LOOKED_AT = 20;
  private final Documents documents;
  private final Partners partners;

  WouldGoTo(Documents documents, Partners partners) {
    this.documents = documents;
    this.partners = partners;
  }

  /** "Invoice INV-1 would go to …, because …". */
  public String example(String company, RecipientOrder order, String asked) {
    Optional<Document> document = document(company, asked);
    if (document.isPresent()) {
      Document of = document.get();
      String ref = of.partner();
      Partner partner = ref == null ? null : partners.find(company, ref).orElse(null);
      String name = of.kind().words() + " " + of.number();
      return sentence(name, order, partner, Ingredients.onDocument(of));
    }
    return partners
        .find(company, asked)
        .map(partner -> sentence("Mail to " + partner.name(), order, partner, OnDocument.NOTHING))
        .orElse(
            "There is no document with the number and no partner with the key “"
                + shown(asked)
                + "”.");
  }

  /** The newest of exactly that number. */
  private Optional<Document> document(String company, String number) {
    if (number.length() > 200) return Optional.empty();
    var filter = new DocumentFilter(null, null, number, null, null, null);
    return documents.list(company, filter, LOOKED_AT, null).data().stream()
        .map(stored -> stored.document())
        .filter(document -> document.number().equals(number))
        .findFirst()
        .flatMap(listed -> documents.find(company, listed.kind(), number))
        .map(stored -> stored.document());
  }

  private static String sentence(
      String what, RecipientOrder order, @Nullable Partner partner, OnDocument onDocument) {
    Recipients found = order.resolve(partner, onDocument, List.of(), List.of());
    if (found.to().isEmpty()) return what + " would go to nobody. " + found.reason();
    String copies = found.cc().isEmpty() ? "" : ", with copies to " + specs(found.cc());
    return what
        + " would go to "
        + specs(found.to())
        + copies
        + ". Because: "
        + found.reason()
        + ".";
  }

  private static String specs(List<Address> addresses) {
    return Stream.concat(
            addresses.stream().limit(5).map(Address::spec),
            addresses.size() > 5 ? Stream.of((addresses.size() - 5) + " more") : Stream.of())
        .collect(Collectors.joining(", "));
  }

  private static String shown(String asked) {
    return asked.length() > 60 ? asked.substring(0, 60) + "…" : asked;
  }
}
