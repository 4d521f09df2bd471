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
import org.postroom.signing.Signing;
import org.postroom.signing.SigningKey;
import org.postroom.signing.SigningKeys;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The records of an account's domain, and whether our keys for it are published. The account's page
 * loads a summary by itself, so that no DNS server makes that page slow.
 */
@Controller
class DomainPage {
  private final Accounts accounts;
  private final DomainRecords records;
  private final Signing signing;
  private final SigningKeys keys;

  DomainPage(Accounts accounts, DomainRecords records, Signing signing, SigningKeys keys) {
    this.accounts = accounts;
    this.records = records;
    this.signing = signing;
    this.keys = keys;
  }

  @GetMapping("/accounts/{id}/domain")
  String show(Caller caller, @PathVariable String id, Model model) {
    Account account = account(caller, id);
    model.addAttribute("weSign", records.weSign(account));
    model.addAttribute("signers", records.weSign(account) ? signers(caller, account) : List.of());
    return page(account, model);
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

  /** Keys that sign or are to, as the DNS has them now. */
  public record Signer(String state, List<Selector> selectors) {
    static Signer of(SigningKey key) {
      return new Signer(
          key.active() ? "Mail is signed with these keys:" : "These keys wait to be switched on:",
          key.entries().stream()
              .map(entry -> new Selector(entry.selector(), entry.published().chip()))
              .toList());
    }
  }

  /** One key's name in the domain, and whether it is published. */
  public record Selector(String name, Chip chip) {}

  private List<Signer> signers(Caller caller, Account account) {
    return signing.keys(account.company(), account.email()).stream()
        .filter(key -> key.state() != SigningKey.State.RETIRED)
        .map(key -> Signer.of(keys.look(caller, key.id())))
        .toList();
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
