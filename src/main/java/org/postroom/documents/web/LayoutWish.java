package org.postroom.documents.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.LayoutDraft;
import org.postroom.documents.LayoutJson;
import org.postroom.documents.OwnLayouts.Wish;
import org.postroom.http.JsonFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a preview is asked to show: {@code document} (kind and number of a real one), or {@code kind}
 * for one made up, and {@code language}; of something unsaved besides what a layout has.
 */
record LayoutWish(LayoutDraft draft, Wish wish) {
  private static final Map<String, DocumentKind> KINDS =
      Arrays.stream(DocumentKind.values())
          .collect(Collectors.toMap(DocumentKind::word, kind -> kind));

  static LayoutWish of(@Nullable JsonNode body, LayoutDraft stored) {
    boolean none = body == null || body.isNull();
    JsonFields fields = JsonFields.of(none ? JsonNodeFactory.instance.objectNode() : body);
    LayoutWish wish = new LayoutWish(stored, wish(fields, stored.kinds()));
    fields.check();
    return wish;
  }

  static LayoutWish of(JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    LayoutDraft draft = LayoutJson.unsaved(fields);
    LayoutWish wish = new LayoutWish(draft, wish(fields, draft.kinds()));
    fields.check();
    return wish;
  }

  private static Wish wish(JsonFields fields, List<DocumentKind> kinds) {
    DocumentKind kind = fields.choice("kind", KINDS);
    String number = null;
    JsonFields document = fields.object("document");
    if (document != null) {
      kind = document.choice("kind", KINDS);
      if (kind == null) document.required("kind", 40);
      number = document.required("number", 100);
    }
    String language = fields.text("language", 35);
    if (kind == null) kind = kinds.isEmpty() ? DocumentKind.INVOICE : kinds.getFirst();
    return new Wish(kind, number, language == null ? null : Locale.forLanguageTag(language));
  }
}
