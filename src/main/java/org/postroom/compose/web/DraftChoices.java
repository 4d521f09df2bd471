package org.postroom.compose.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.compose.Composition;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Component;

/** What may be chosen for a message: each list starts with what the rules would take. */
@Component
class DraftChoices {
  private static final String BY_THE_RULES = "By the rules";
  private final Accounts accounts;
  private final Templates templates;
  private final Layouts layouts;

  DraftChoices(Accounts accounts, Templates templates, Layouts layouts) {
    this.accounts = accounts;
    this.templates = templates;
    this.layouts = layouts;
  }

  Map<String, String> accounts(Caller caller, String chosen, @Nullable Composition composition) {
    Map<String, String> choices =
        byTheRules(chosen.isEmpty() && composition != null ? words(composition.account()) : null);
    for (Account account : accounts.list(caller.company(), false))
      if (accounts.maySendFrom(caller, account)) choices.put(account.id(), words(account));
    return choices;
  }

  /**
   * Empty where there is nothing to choose: a message without document has no template.
   *
   * @param chosen id, empty: by the rules
   */
  Map<String, String> templates(
      Caller caller,
      @Nullable DocumentRef document,
      String chosen,
      @Nullable Composition composition) {
    if (document == null) return Map.of();
    Map<String, String> choices = byTheRules(null);
    String purpose = composition == null ? null : purpose(composition);
    if (purpose != null)
      for (Template template : templates.choices(caller.company(), caller.id(), purpose))
        choices.put(template.id(), words(template));
    keep(choices, chosen);
    return choices;
  }

  /** Empty where there is nothing to choose: the PDF came with the document. */
  Map<String, String> layouts(
      String company,
      @Nullable DocumentRef document,
      String chosen,
      @Nullable Composition composition) {
    boolean finished = composition != null && "finished-pdf".equals(composition.layout());
    if (document == null || finished) return Map.of();
    List<Layout> all =
        DocumentKind.of(document.kind()).map(kind -> layouts.list(company, kind)).orElse(List.of());
    Map<String, String> choices =
        byTheRules(
            chosen.isEmpty() && composition != null ? name(all, composition.layout()) : null);
    all.forEach(layout -> choices.put(layout.id(), layout.name()));
    keep(choices, chosen);
    return choices;
  }

  private static Map<String, String> byTheRules(@Nullable String which) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", which == null ? BY_THE_RULES : BY_THE_RULES + ": " + which);
    return choices;
  }

  /** What was chosen and is gone stays to be seen; sending says what is wrong with it. */
  private static void keep(Map<String, String> choices, String chosen) {
    choices.putIfAbsent(chosen, chosen);
  }

  private static @Nullable String name(List<Layout> all, @Nullable String id) {
    return all.stream()
        .filter(layout -> layout.id().equals(id))
        .map(Layout::name)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String purpose(Composition composition) {
    return composition.purpose() == null ? null : composition.purpose().word();
  }

  private static String words(Template template) {
    String language = Locale.of(template.language()).getDisplayLanguage(Locale.ENGLISH);
    String own = template.level() == Template.Level.PERSONAL ? ", yours" : "";
    return template.level() == Template.Level.BUILT_IN
        ? "Built-in text, " + language
        : template.name() + ", " + language + own;
  }

  private static String words(Account account) {
    String trouble = account.usable() ? "" : ", cannot send at the moment";
    return account.name() + " (" + account.email().spec() + trouble + ")";
  }
}
