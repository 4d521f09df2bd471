package org.postroom.compose;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.db.Database;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Slice;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Component;

/** A company's newest documents as rules see them when one of them is sent as usual. */
@Component
public class PastDocuments {
  private static final int AT_ONCE = 100;
  private final Access access;
  private final Database database;
  private final Documents documents;
  private final Partners partners;

  PastDocuments(Access access, Documents documents, Partners partners, Database database) {
    this.database = database;
    this.access = access;
    this.documents = documents;
    this.partners = partners;
  }

  /**
   * One document.
   *
   * @param facts for {@link org.postroom.rules.Rules#decide}
   */
  public record Past(StoredDocument stored, @Nullable Partner partner, Map<String, Object> facts) {
    /** Who it went to, for people: the partner's name, else whom the document names. */
    public String who() {
      if (partner != null) return partner.name();
      Document.Party party = stored.document().addressee();
      return party == null || party.name() == null ? "" : party.name();
    }
  }

  /** Newest first. */
  public List<Past> newest(String company, int most) {
    Company of = access.company(company);
    LocalDate today = database.now().atZone(of.timeZone()).toLocalDate();
    List<Past> newest = new ArrayList<>();
    String cursor = null;
    do {
      int limit = Math.min(AT_ONCE, most - newest.size());
      Slice<StoredDocument> slice = documents.list(company, DocumentFilter.ALL, limit, cursor);
      for (StoredDocument listed : slice.data()) whole(of, listed, today).ifPresent(newest::add);
      cursor = slice.nextCursor();
    } while (cursor != null && newest.size() < most);
    return newest;
  }

  /** Lists leave out the lines, which rules may ask for. */
  private Optional<Past> whole(Company company, StoredDocument listed, LocalDate today) {
    Document document = listed.document();
    return documents
        .find(company.id(), document.kind(), document.number())
        .map(stored -> {
          String ref = stored.document().partner();
          Partner partner = ref == null ? null : partners.find(company.id(), ref).orElse(null);
          Map<String, Object> facts =
              RuleFacts.of(company, stored, partner, Purposes.of(document.kind()), today);
          return new Past(stored, partner, facts);
        });
  }
}
