package org.postroom.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Writes the rules of style sheets at the elements they are for. */
final class Inliner {
  private static final int MOST_STEPS = 4_000_000;
  private static final int MOST_STYLES = 200_000;

  private final Page page;
  private final Selector.Work work = new Selector.Work(MOST_STEPS);
  private final Map<Element, List<Applied>> styles = new IdentityHashMap<>();
  private final Map<String, StringBuilder> kept = new LinkedHashMap<>();
  private int order;

  /** A style somebody wrote for an element, and how strong it is. */
  private record Applied(Declaration declaration, int specificity, int order) {}

  private Inliner(Page page) {
    this.page = page;
  }

  static String inline(String html) {
    Page page = Page.of(html);
    String sheet = page.takeStyles();
    if (sheet.isBlank()) return page.written();
    Inliner inliner = new Inliner(page);
    List<Element> elements = List.copyOf(page.body().getAllElements());
    Sheet.rules(sheet).forEach(rule -> inliner.apply(rule, elements));
    inliner.styles.forEach(Inliner::write);
    page.putStyle(inliner.rest());
    return page.written();
  }

  private void apply(Sheet.Rule rule, List<Element> elements) {
    if (!rule.media().isEmpty()) {
      keep(rule.media(), rule.selectors(), rule.declarations());
      return;
    }
    for (String one : rule.selectors().split(",")) {
      Optional<Selector> selector = Selector.of(one);
      if (selector.isEmpty()) keep("", one.strip(), rule.declarations());
      else apply(selector.get(), rule.declarations(), elements);
    }
  }

  private void apply(Selector selector, List<Declaration> declarations, List<Element> elements) {
    for (Element element : elements) {
      if (!selector.matches(element, work)) continue;
      List<Applied> applied = styles.computeIfAbsent(element, key -> new ArrayList<>());
      for (Declaration declaration : declarations) {
        applied.add(new Applied(declaration, selector.specificity(), order++));
        if (order > MOST_STYLES)
          throw new BadText("The style sheet takes too much work for this page.");
      }
    }
  }

  private void keep(String media, String selectors, List<Declaration> declarations) {
    if (selectors.isBlank()) return;
    kept.computeIfAbsent(media, key -> new StringBuilder())
        .append(selectors)
        .append(" { ")
        .append(declarations.stream().map(Declaration::written).collect(Collectors.joining(";")))
        .append(" }\n");
  }

  private String rest() {
    return kept.entrySet().stream()
        .map(entry ->
            entry.getKey().isEmpty()
                ? entry.getValue().toString()
                : entry.getKey() + " {\n" + entry.getValue() + "}\n")
        .collect(Collectors.joining())
        .replace("<", "");
  }

  /** The stronger ones last; of each property the last one stays. */
  private static void write(Element element, List<Applied> applied) {
    List<Applied> all = new ArrayList<>(applied);
    for (Declaration own : Declaration.list(element.attr("style")))
      all.add(new Applied(own, Integer.MAX_VALUE, all.size()));
    all.sort(
        Comparator.comparing((Applied one) -> one.declaration().important())
            .thenComparingInt(Applied::specificity)
            .thenComparingInt(Applied::order));
    Map<String, String> style = new LinkedHashMap<>();
    for (Applied one : all) {
      style.remove(one.declaration().property());
      style.put(one.declaration().property(), one.declaration().value());
    }
    element.attr(
        "style",
        style.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(";")));
  }
}
