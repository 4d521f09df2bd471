package org.postroom.compose;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentModel;
import org.postroom.documents.StoredDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Purpose;

/** What rules see of a mail: what texts see, and what only decisions need. */
public final class RuleFacts {
  private RuleFacts() {}

  public static Map<String, Object> of(
      Company company,
      @Nullable StoredDocument stored,
      @Nullable Partner partner,
      Purpose purpose,
      LocalDate today) {
    Map<String, Object> facts =
        new LinkedHashMap<>(DocumentModel.of(company, stored, partner, company.language(), today));
    facts.put("purpose", purpose.word());
    if (stored != null) facts.put("document", document(facts, stored.document()));
    if (partner != null) facts.put("partner", partner(facts, partner));
    return facts;
  }

  private static Map<String, Object> partner(Map<String, Object> facts, Partner partner) {
    Map<String, Object> more = copy(facts.get("partner"));
    more.put("type", partner.type().word());
    put(more, "currency", partner.currency());
    return more;
  }

  private static Map<String, Object> document(Map<String, Object> facts, Document document) {
    Map<String, Object> more = copy(facts.get("document"));
    country(more, "bill_to", document.addressee());
    country(more, "ship_to", document.shipTo());
    List<Object> lines = new ArrayList<>();
    List<?> known = more.get("lines") instanceof List<?> list ? list : List.of();
    for (int i = 0; i < known.size() && i < document.lines().size(); i++) {
      Map<String, Object> line = copy(known.get(i));
      line.put("fields", document.lines().get(i).fields());
      lines.add(line);
    }
    more.put("lines", lines);
    return more;
  }

  private static void country(
      Map<String, Object> document, String name, Document.@Nullable Party party) {
    if (party == null) return;
    Map<String, Object> more = copy(document.get(name));
    put(more, "country", party.country());
    document.put(name, more);
  }

  private static Map<String, Object> copy(@Nullable Object map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (map instanceof Map<?, ?> given) given.forEach((k, v) -> copy.put(String.valueOf(k), v));
    return copy;
  }

  private static void put(Map<String, Object> map, String name, @Nullable String value) {
    if (value != null) map.put(name, value);
  }
}
