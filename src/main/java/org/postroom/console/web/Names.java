package org.postroom.console.web;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.documents.FinishedPdf;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Component;

/** What people call the things that messages name by their ids. */
@Component
class Names {
  private final Access access;
  private final Accounts accounts;
  private final Partners partners;
  private final Layouts layouts;
  private final Templates templates;

  Names(Access access, Accounts accounts, Partners partners, Layouts layouts, Templates templates) {
    this.layouts = layouts;
    this.templates = templates;
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

  /** Null where the message has no document. */
  @Nullable String layout(String company, @Nullable String id) {
    if (id == null) return null;
    if (id.equals(FinishedPdf.LAYOUT)) return "The PDF that came with it";
    return layouts.find(company, id).map(Layout::name).orElse("Is gone");
  }

  /** A personal template's name is its owner's; null where the words are somebody's own. */
  @Nullable String template(Caller caller, @Nullable String id) {
    if (id == null) return null;
    if (id.startsWith("built-in")) return "Built-in text";
    return templates
        .find(caller.company(), id, Templates.person(caller))
        .map(Template::name)
        .orElse("Somebody's own, or gone");
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
