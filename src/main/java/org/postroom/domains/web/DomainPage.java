package org.postroom.domains.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.domains.DkimKey;
import org.postroom.domains.DkimKeys;
import org.postroom.domains.DomainRecords;
import org.postroom.domains.RecordCheck;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The records of an account's domain, and our keys for it. The account's page loads a summary by
 * itself, so that no DNS server makes that page slow.
 */
@Controller
class DomainPage {
  private final Accounts accounts;
  private final DomainRecords records;
  private final DkimKeys keys;

  DomainPage(Accounts accounts, DomainRecords records, DkimKeys keys) {
    this.accounts = accounts;
    this.records = records;
    this.keys = keys;
  }

  @GetMapping("/accounts/{id}/domain")
  String show(Caller caller, @PathVariable String id, Model model) {
    return page(caller, account(caller, id), null, model);
  }

  /** The short form for the account's page. */
  @GetMapping("/accounts/{id}/domain/summary")
  String summary(Caller caller, @PathVariable String id, Model model) {
    page(caller, account(caller, id), null, model);
    return "accounts/domain-summary";
  }

  @PostMapping("/accounts/{id}/dkim")
  String create(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "rsa") String algorithm,
      RedirectAttributes next) {
    Account account = account(caller, id);
    boolean rsa = !algorithm.equals("ed25519");
    keys.create(
        caller, account.email().domain(), rsa ? DkimKey.Algorithm.RSA : DkimKey.Algorithm.ED25519);
    next.addFlashAttribute("said", "The key is made. Publish its record, then switch it on.");
    return back(account);
  }

  @PostMapping("/accounts/{id}/dkim/{key}/{verb:on|off|delete}")
  String change(
      Caller caller,
      @PathVariable String id,
      @PathVariable String key,
      @PathVariable String verb,
      Model model,
      RedirectAttributes next) {
    Account account = account(caller, id);
    try {
      switch (verb) {
        case "on" -> keys.activate(caller, key);
        case "off" -> keys.deactivate(caller, key);
        default -> keys.delete(caller, key);
      }
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      return page(caller, account, problem, model);
    }
    next.addFlashAttribute("said", said(verb));
    return back(account);
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

  private String page(Caller caller, Account account, @Nullable Problem problem, Model model) {
    String domain = account.email().domain();
    List<Line> lines = records.check(account).stream().map(Line::of).toList();
    model.addAttribute(
        "heading", new Heading("/accounts/" + account.id(), account.name(), "Domain", null));
    model.addAttribute("account", account);
    model.addAttribute("domain", domain);
    model.addAttribute("lines", lines);
    model.addAttribute(
        "wrong", lines.stream().filter(line -> line.chip().kind().matches("fail|warn")).count());
    model.addAttribute("keys", keys.of(account.company(), domain));
    model.addAttribute("signs", keys.signs(account));
    model.addAttribute("problem", problem);
    return "accounts/domain-records";
  }

  private Account account(Caller caller, String id) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return accounts
        .find(caller.company(), id)
        .orElseThrow(() -> Problem.notFound("The account " + id));
  }

  private static String back(Account account) {
    return "redirect:/accounts/" + account.id() + "/domain";
  }

  private static String said(String verb) {
    return switch (verb) {
      case "on" -> "New messages are signed from now on.";
      case "off" -> "New messages are not signed with this key any more.";
      default -> "The key was deleted. Its record may stay for some days, then take it out.";
    };
  }
}
