package org.postroom.domains.web;

import java.util.List;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.domains.DomainRecords;
import org.postroom.domains.RecordCheck;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The records of an account's domain. The account's page loads a summary by
 * itself, so that no DNS server makes that page slow.
 */
@Controller
class DomainPage {
  private final Accounts accounts;
  private final DomainRecords records;

  DomainPage(Accounts accounts, DomainRecords records) {
    this.accounts = accounts;
    this.records = records;
  }

  @GetMapping("/accounts/{id}/domain")
  String show(Caller caller, @PathVariable String id, Model model) {
    return page(account(caller, id), model);
  }

  /** The short form for the account's page. */
  @GetMapping("/accounts/{id}/domain/summary")
  String summary(Caller caller, @PathVariable String id, Model model) {
    page(account(caller, id), model);
    return "accounts/domain-summary";
  }

  /** One check as the page shows it. */
  public record Line(RecordCheck check, Chip chip) {
    static Line of(RecordCheck check) {
      return new Line(
          check,
          switch (check.verdict()) {
            case OK -> new Chip("ok", "tick", "Good");
            case ADVICE -> new Chip("warn", "warning", "Could be better");
            case PROBLEM -> new Chip("fail", "cross", "Needs a change");
            case UNKNOWN -> new Chip("off", "dash", "Not known");
          });
    }
  }

  private String page(Account account, Model model) {
    String domain = account.email().domain();
    List<Line> lines = records.check(account).stream().map(Line::of).toList();
    model.addAttribute(
        "heading", new Heading("/accounts/" + account.id(), account.name(), "Domain", null));
    model.addAttribute("account", account);
    model.addAttribute("domain", domain);
    model.addAttribute("lines", lines);
    model.addAttribute(
        "wrong", lines.stream().filter(line -> line.chip().kind().matches("fail|warn")).count());
    return "accounts/domain-records";
  }

  private Account account(Caller caller, String id) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return accounts
        .find(caller.company(), id)
        .orElseThrow(() -> Problem.notFound("The account " + id));
  }
}
