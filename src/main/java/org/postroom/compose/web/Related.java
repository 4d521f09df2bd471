package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.MessageDraft;
import org.postroom.compose.MessageDraft.Typed;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.outbox.Message.DocumentRef;
import org.springframework.stereotype.Component;

/**
 * Documents that may go along: those that share an order, shipment or other number with the one
 * being sent come first, then the partner's newest.
 */
@Component
class Related {
  private static final int LOOKED_AT = 60;
  private static final int MOST = 12;
  private final Documents documents;

  Related(Documents documents) {
    this.documents = documents;
  }

  /**
   * One that is offered.
   *
   * @param value as the form sends it
   * @param why what it has to do with the document
   */
  record Offer(String value, String title, String why, boolean chosen) {}

  /** What is chosen stands first and stays, whatever it is. */
  List<Offer> offers(String company, MessageDraft draft) {
    StoredDocument own = find(company, draft.document()).orElse(null);
    List<Offer> offers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    if (draft.document() != null) seen.add(Typed.further(draft.document()));
    for (DocumentRef ref : draft.typed().furtherDocuments())
      if (seen.add(Typed.further(ref))) offers.add(chosen(company, ref, own));
    for (StoredDocument other : candidates(company, own)) {
      if (offers.size() >= MOST) break;
      if (seen.add(value(other.document()))) offers.add(offer(other.document(), own, false));
    }
    return offers;
  }

  private Offer chosen(String company, DocumentRef ref, @Nullable StoredDocument own) {
    return find(company, ref)
        .map(stored -> offer(stored.document(), own, true))
        .orElseGet(() -> new Offer(Typed.further(ref), ref.number(), "Not known any more", true));
  }

  private List<StoredDocument> candidates(String company, @Nullable StoredDocument own) {
    String partner = own == null ? null : own.document().partner();
    if (own == null || partner == null) return List.of();
    var filter = new DocumentFilter(null, partner, null, null, null, null);
    List<StoredDocument> newest = documents.list(company, filter, LOOKED_AT, null).data();
    Stream<StoredDocument> near =
        newest.stream().filter(other -> shared(own.document(), other.document()) != null);
    return Stream.concat(near, newest.stream()).toList();
  }

  private static Offer offer(Document document, @Nullable StoredDocument own, boolean chosen) {
    String shared = own == null ? null : shared(own.document(), document);
    String why = shared != null ? shared : "Of the same partner";
    if (own == null) why = "";
    String title = document.kind().words() + " " + document.number();
    return new Offer(value(document), title, why, chosen);
  }

  /** The number both name, in words; null where there is none. */
  private static @Nullable String shared(Document own, Document other) {
    for (var entry : own.references().entrySet()) {
      boolean named =
          entry.getValue().equals(other.number())
              || other.references().containsValue(entry.getValue());
      if (named && !entry.getValue().isBlank())
        return "Same " + entry.getKey().replace('_', ' ') + " " + entry.getValue();
    }
    return other.references().containsValue(own.number()) ? "Belongs to " + own.number() : null;
  }

  private Optional<StoredDocument> find(String company, @Nullable DocumentRef ref) {
    if (ref == null) return Optional.empty();
    return DocumentKind.of(ref.kind()).flatMap(kind -> documents.find(company, kind, ref.number()));
  }

  private static String value(Document document) {
    return Typed.further(new DocumentRef(document.kind().word(), document.number()));
  }
}
