package org.postroom.automations;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.AccountUse;
import org.postroom.templates.TemplateUse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Keeps what automatic mails name from being deleted behind their back. */
@Configuration(proxyBeanMethods = false)
class WhatAutomationsName {

  @Bean
  AccountUse accountOfAutomations(@Lazy Settings settings) {
    return (company, account) -> naming(settings, company, account, Options::account);
  }

  @Bean
  TemplateUse templateOfAutomations(@Lazy Settings settings) {
    return (company, template) -> naming(settings, company, template, Options::template);
  }

  private static Optional<String> naming(
      Settings settings, String company, String id, Function<Options, @Nullable String> named) {
    return settings.all(company).stream()
        .filter(setting -> id.equals(named.apply(setting.options())))
        .findFirst()
        .map(setting -> "the automatic mail “" + setting.automation().title() + "”");
  }
}
