package org.postroom.console.web;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Component;

/** What people call the things that messages name by their ids. */
@Component
class Names {
  private final Access access;
  private final Accounts accounts;
  private final Partners partners;

  Names(Access access, Accounts accounts, Partners partners) {
    this.access = access;
    this.accounts = accounts;
    this.partners = partners;
  }

  ZoneId zone(String company) {
    return access.company(company).timeZone();
  }

  Optional<Account> account(String company, String id) {
    return accounts.find(company, id);
  }

  /** Id → name of all accounts, in the order they were made. */
  Map<String, String> accounts(String company) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Account account : accounts.list(company, true)) names.put(account.id(), account.name());
    return names;
  }

  @Nullable String partner(String company, @Nullable String ref) {
    if (ref == null) return null;
    return partners.find(company, ref).map(Partner::name).orElse(ref);
  }

  /** Each partner is looked up once. */
  Map<String, String> partners(String company, List<String> refs) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String ref : refs) {
      if (!names.containsKey(ref))
        names.put(ref, partners.find(company, ref).map(Partner::name).orElse(ref));
    }
    return names;
  }
}
