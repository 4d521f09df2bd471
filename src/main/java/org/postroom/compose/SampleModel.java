package org.postroom.compose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.access.Company;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.DocumentModel;
import org.postroom.documents.Layouts;
import org.postroom.mail.Address;
import org.postroom.text.Placeholder;
import org.postroom.text.PlaceholderGroup;
import org.postroom.text.Scope;
import org.postroom.text.Vocabulary;

/** A made-up document, for looking at texts before there is a real one. */
final class SampleModel {
  private SampleModel() {}

  /** Every promised placeholder has a value; the company and the sender are the real ones. */
  static Map<String, Object> of(
      Company company, DocumentKind kind, Address sender, Locale language) {
    Map<String, Object> model = new LinkedHashMap<>();
    for (PlaceholderGroup group : Vocabulary.groups(Scope.MAIL))
      for (Placeholder each : group.placeholders()) put(model, each.full().split("\\."), each);
    model.putAll(DocumentModel.of(company, null, null, language));
    String name = sender.name() == null ? company.name() : sender.name();
    model.put("sender", Map.of("name", name, "email", sender.spec()));
    Map<String, Object> document = inner(model, "document");
    document.put("kind", kind.word());
    document.put("kind_label", Layouts.kindLabel(kind, language));
    document.put("currency", company.currency());
    // An ordinary reminder: neither early nor the last, about one invoice.
    List.of("early", "several", "again", "last").forEach(inner(model, "reminder")::remove);
    return model;
  }

  private static void put(Map<String, Object> model, String[] path, Placeholder placeholder) {
    Map<String, Object> at = model;
    for (int i = 0; i < path.length - 1; i++) at = inner(at, path[i]);
    String last = path[path.length - 1];
    switch (placeholder.kind()) {
      case LIST -> at.put(last, List.of(new LinkedHashMap<String, Object>()));
      case MAP -> at.putIfAbsent(last, new LinkedHashMap<String, Object>());
      case TEXTS -> at.put(last, List.of(placeholder.sample()));
      default -> at.put(last, placeholder.sample());
    }
  }

  /** The map of that name; of a list, its one entry. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> inner(Map<String, Object> at, String name) {
    Object inner = at.computeIfAbsent(name, any -> new LinkedHashMap<String, Object>());
    if (inner instanceof List<?> list) inner = list.getFirst();
    return (Map<String, Object>) inner;
  }
}
