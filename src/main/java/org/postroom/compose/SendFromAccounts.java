package org.postroom.compose;

import org.postroom.accounts.AccountUse;
import org.postroom.accounts.Accounts;
import org.postroom.partners.Partners;
import org.postroom.partners.SendFromCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Lets partners and accounts, which do not know each other, keep "send from" whole. */
@Configuration(proxyBeanMethods = false)
class SendFromAccounts {

  /** A partner can name only an account that exists. */
  @Bean
  SendFromCheck accountExists(@Lazy Accounts accounts) {
    return (company, account) -> accounts.find(company, account).isPresent();
  }

  /** An account that a partner names cannot be deleted. */
  @Bean
  AccountUse sendFromOfPartners(@Lazy Partners partners) {
    return (company, account) ->
        partners.sentFrom(company, account).map(partner -> "the partner " + partner.name());
  }
}
