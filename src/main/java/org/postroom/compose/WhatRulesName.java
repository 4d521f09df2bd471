package org.postroom.compose;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUse;
import org.postroom.accounts.Accounts;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layout;
import org.postroom.documents.LayoutUse;
import org.postroom.documents.Layouts;
import org.postroom.documents.StandingFiles;
import org.postroom.partners.Purpose;
import org.postroom.rules.Effects;
import org.postroom.rules.RuleChoices;
import org.postroom.rules.Rules;
import org.postroom.templates.TemplateUse;
import org.postroom.templates.Templates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Lets rules name what other capabilities have, and keeps what they name. */
@Configuration(proxyBeanMethods = false)
class WhatRulesName {

  @Bean
  RuleChoices ruleChoices(
      @Lazy Layouts layouts,
      @Lazy Templates templates,
      @Lazy Accounts accounts,
      @Lazy StandingFiles files) {
    return (company, what) ->
        switch (what) {
          case LAYOUT -> layouts(layouts, company);
          case TEMPLATE -> templates(templates, company);
          case ACCOUNT -> accounts(accounts, company);
          case DOCUMENT_KIND -> kinds();
          case PURPOSE -> purposes();
          case STANDING_FILE -> files(files, company);
        };
  }

  /** An account that a rule names cannot be deleted. */
  @Bean
  AccountUse accountOfRules(@Lazy Rules rules) {
    return (company, account) -> naming(rules, company, account, Effects::account);
  }

  /** Nor a layout. */
  @Bean
  LayoutUse layoutOfRules(@Lazy Rules rules) {
    return (company, layout) -> naming(rules, company, layout, Effects::layout);
  }

  /** Nor a template. */
  @Bean
  TemplateUse templateOfRules(@Lazy Rules rules) {
    return (company, template) -> naming(rules, company, template, Effects::template);
  }

  private static Optional<String> naming(
      Rules rules, String company, String id, Function<Effects, @Nullable String> effect) {
    return rules.list(company).stream()
        .filter(rule -> id.equals(effect.apply(rule.effects())))
        .findFirst()
        .map(rule -> "the rule “" + rule.name() + "”");
  }

  private static Map<String, String> layouts(Layouts layouts, String company) {
    Map<String, String> names = new LinkedHashMap<>();
    for (DocumentKind kind : DocumentKind.values())
      for (Layout layout : layouts.list(company, kind)) names.put(layout.id(), layout.name());
    return names;
  }

  /** Those that automatic mail may use: nobody's own. */
  private static Map<String, String> templates(Templates templates, String company) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Purpose purpose : Purpose.values())
      templates
          .choices(company, null, purpose.word())
          .forEach(template ->
              names.put(
                  template.id(),
                  words(purpose.word())
                      + ": "
                      + template.name()
                      + " ("
                      + template.language()
                      + ")"));
    return names;
  }

  /** The company's own; a person's is only theirs to choose. */
  private static Map<String, String> accounts(Accounts accounts, String company) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Account account : accounts.list(company, true))
      if (account.ofCompany()) names.put(account.id(), account.name());
    return names;
  }

  private static Map<String, String> files(StandingFiles files, String company) {
    Map<String, String> names = new LinkedHashMap<>();
    files.list(company).forEach(file -> names.put(file.id(), file.name()));
    return names;
  }

  private static Map<String, String> kinds() {
    Map<String, String> names = new LinkedHashMap<>();
    Arrays.stream(DocumentKind.values()).forEach(kind -> names.put(kind.word(), kind.words()));
    return names;
  }

  private static Map<String, String> purposes() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Purpose purpose : Purpose.values()) names.put(purpose.word(), words(purpose.word()));
    return names;
  }

  private static String words(String word) {
    if (word.equals("rma")) return "RMA";
    return Character.toUpperCase(word.charAt(0)) + word.substring(1).replace('_', ' ');
  }
}
