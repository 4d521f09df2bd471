package org.postroom.compose;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUse;
import org.postroom.accounts.Accounts;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;
import org.postroom.partners.Purpose;
import org.postroom.rules.RuleChoices;
import org.postroom.rules.Rules;
import org.postroom.templates.Templates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Lets rules name what other capabilities have, and keeps what they name. */
@Configuration(proxyBeanMethods = false)
class WhatRulesName {

  @Bean
  RuleChoices ruleChoices(
      @Lazy Layouts layouts, @Lazy Templates templates, @Lazy Accounts accounts) {
    return (company, what) ->
        switch (what) {
          case LAYOUT -> layouts(layouts, company);
          case TEMPLATE -> templates(templates);
          case ACCOUNT -> accounts(accounts, company);
          case DOCUMENT_KIND -> kinds();
          case PURPOSE -> purposes();
          case STANDING_FILE -> Map.of();
        };
  }

  /** An account that a rule names cannot be deleted. */
  @Bean
  AccountUse accountOfRules(@Lazy Rules rules) {
    return (company, account) ->
        rules.list(company).stream()
            .filter(rule -> account.equals(rule.effects().account()))
            .findFirst()
            .map(rule -> "the rule “" + rule.name() + "”");
  }

  private static Map<String, String> layouts(Layouts layouts, String company) {
    Map<String, String> names = new LinkedHashMap<>();
    for (DocumentKind kind : DocumentKind.values())
      for (Layout layout : layouts.list(company, kind)) names.put(layout.id(), layout.name());
    return names;
  }

  private static Map<String, String> templates(Templates templates) {
    Map<String, String> names = new LinkedHashMap<>();
    List<String> languages = templates.languages();
    for (Purpose purpose : Purpose.values())
      for (String language : languages)
        names.put(
            "built-in:" + purpose.word() + ":" + language,
            words(purpose.word()) + ", built in (" + language + ")");
    return names;
  }

  /** The company's own; a person's is only theirs to choose. */
  private static Map<String, String> accounts(Accounts accounts, String company) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Account account : accounts.list(company, true))
      if (account.ofCompany()) names.put(account.id(), account.name());
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
    return Character.toUpperCase(word.charAt(0)) + word.substring(1).replace('_', ' ');
  }
}
