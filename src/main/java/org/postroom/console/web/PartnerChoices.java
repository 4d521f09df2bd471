package org.postroom.console.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.compose.Purposes;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layouts;
import org.postroom.partners.Purpose;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Component;

/** What a partner's page offers to choose among. */
@Component
class PartnerChoices {
  private static final String AS_USUAL = "As usual";
  private final Layouts layouts;
  private final Templates templates;

  PartnerChoices(Layouts layouts, Templates templates) {
    this.layouts = layouts;
    this.templates = templates;
  }

  /** Layout and template of one kind of document: id to name. */
  record Override(
      String kind, String words, Map<String, String> layouts, Map<String, String> templates) {}

  List<Override> overrides(String company) {
    List<Override> overrides = new ArrayList<>();
    for (DocumentKind kind : DocumentKind.values()) {
      Map<String, String> layoutNames = new LinkedHashMap<>();
      layoutNames.put("", AS_USUAL);
      layouts
          .list(company, kind)
          .forEach(layout -> layoutNames.put(layout.id(), layout.name()));
      Map<String, String> templateNames = new LinkedHashMap<>();
      templateNames.put("", AS_USUAL);
      templates
          .choices(company, null, Purposes.of(kind).word())
          .forEach(template ->
              templateNames.put(
                  template.id(), template.name() + " (" + template.language() + ")"));
      overrides.add(new Override(kind.word(), kind.words(), layoutNames, templateNames));
    }
    return overrides;
  }

  static Map<String, String> purposes() {
    Map<String, String> purposes = new LinkedHashMap<>();
    Arrays.stream(Purpose.values())
        .forEach(purpose -> purposes.put(purpose.word(), words(purpose)));
    return purposes;
  }

  private static String words(Purpose purpose) {
    if (purpose == Purpose.RMA) return "RMA";
    return purpose.name().charAt(0) + purpose.word().substring(1).replace('_', ' ');
  }
}
