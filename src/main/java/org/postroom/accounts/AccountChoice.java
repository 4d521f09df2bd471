package org.postroom.accounts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.AccountRows.WithSecret;
import org.postroom.db.Sql;
import org.postroom.http.Problem;

/** The places that may say which account sends. */
record AccountChoice(Sql sql, String company) {

  Optional<Chosen> explicit(@Nullable String id) {
    if (id == null) return Optional.empty();
    return find(id)
        .map(account -> Optional.of(new Chosen(account, "Chosen in the request")))
        .orElseThrow(() ->
            Problem.invalid("/account", "unknown_value", "There is no account “" + id + "”."));
  }

  Optional<Chosen> ofPartner(@Nullable String id) {
    return named(id, "the partner", "Send-from account of the partner");
  }

  Optional<Chosen> ofDocumentKind(@Nullable String word) {
    if (word == null) return Optional.empty();
    String shown = word.replace('_', ' ');
    return RouteRows.find(sql, company, word)
        .flatMap(route ->
            named(
                route.account(),
                "the document kind " + shown,
                "Account of the document kind " + shown));
  }

  Optional<Chosen> ofPerson(@Nullable String person) {
    if (person == null || person.equals(Account.COMPANY)) return Optional.empty();
    return AccountRows.ofPerson(sql, company, person)
        .map(account -> new Chosen(account, "Own account of the person who sends"));
  }

  private Optional<Chosen> named(@Nullable String id, String by, String reason) {
    if (id == null) return Optional.empty();
    return find(id)
        .map(account -> Optional.of(new Chosen(account, reason)))
        .orElseThrow(() ->
            Problem.conflict(
                "account_missing",
                "The account that " + by + " sends from does not exist any more. Choose another."));
  }

  private Optional<Account> find(String id) {
    return AccountRows.find(sql, company, id).map(WithSecret::account);
  }
}
