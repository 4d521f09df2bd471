package org.postroom.domains.web;

import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.domains.DomainJson;
import org.postroom.domains.DomainRecords;
import org.postroom.http.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DomainRecordsController {
  private final Accounts accounts;
  private final DomainRecords records;

  DomainRecordsController(Accounts accounts, DomainRecords records) {
    this.accounts = accounts;
    this.records = records;
  }

  /** Asks the DNS each time. */
  @GetMapping("/api/v1/accounts/{id}/domain_records")
  Map<String, Object> check(Caller caller, @PathVariable String id) {
    caller.require(Right.MANAGE_ACCOUNTS);
    Account account =
        accounts
            .find(caller.company(), id)
            .orElseThrow(() -> Problem.notFound("Account “" + id + "”"));
    return DomainJson.write(account.email().domain(), records.check(account));
  }
}
