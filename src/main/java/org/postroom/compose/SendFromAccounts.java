package org.postroom.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.postroom.accounts.AccountUse;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.SendFromRules;
import org.postroom.partners.Partners;
import org.postroom.partners.SendFromCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.util.UriUtils;

/** Lets partners and accounts, which do not know each other, keep "send from" whole. */
@Configuration(proxyBeanMethods = false)
class SendFromAccounts {
  private static final int MOST = 100;

  /** A partner can name only an account that exists. */
  @Bean
  SendFromCheck accountExists(@Lazy Accounts accounts) {
    return (company, account) -> accounts.find(company, account).isPresent();
  }

  /** The page about accounts shows which partners chose one. */
  @Bean
  SendFromRules sendFromRulesOfPartners(@Lazy Partners partners) {
    return company ->
        partners.withSendFrom(company, MOST).stream()
            .map(partner ->
                new SendFromRules.Rule(
                    partner.name(),
                    "/partners/" + UriUtils.encodePathSegment(partner.ref(), UTF_8),
                    String.valueOf(partner.sendFrom())))
            .toList();
  }

  /** An account that a partner names cannot be deleted. */
  @Bean
  AccountUse sendFromOfPartners(@Lazy Partners partners) {
    return (company, account) ->
        partners.sentFrom(company, account).map(partner -> "the partner " + partner.name());
  }
}
