package org.postroom.accounts.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Person;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountJson;
import org.postroom.accounts.AccountUsage;
import org.postroom.accounts.AccountWarnings;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.UsualLimits;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One account: connect it, change it, switch it off and on, delete it. */
@Controller
class AccountPages {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Accounts accounts;
  private final Access access;
  private final AccountUsage usage;
  private final AccountWarnings warnings;
  private final SignInModel signIn;

  AccountPages(
      Accounts accounts,
      Access access,
      AccountUsage usage,
      AccountWarnings warnings,
      SignInModel signIn) {
    this.accounts = accounts;
    this.access = access;
    this.usage = usage;
    this.warnings = warnings;
    this.signIn = signIn;
  }

  /** Without a kind the page that finds the right one answers, which is no business of ours. */
  @GetMapping(path = "/accounts/new", params = "kind")
  String fresh(Caller caller, @RequestParam Map<String, String> known, Model model) {
    accounts.requireConnecting(caller);
    Account.Kind kind = kind(known.get("kind"));
    return newForm(caller, AccountForm.prefilled(kind, known), null, model);
  }

  @PostMapping("/accounts/new")
  String create(
      Caller caller, @RequestParam Map<String, String> form, Model model, RedirectAttributes next) {
    try {
      return created(accounts.create(caller, AccountJson.read(fresh(caller, form))), next);
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return newForm(caller, form, problem, model);
    }
  }

  /** Where a person signs in, the next page leads there. */
  private static String created(Account account, RedirectAttributes next) {
    boolean goes = account.active() && account.connection().needsSignIn();
    if (goes) next.addFlashAttribute("connect", true);
    else next.addFlashAttribute("said", "Saved. Send a test message to see that it works.");
    return "redirect:/accounts/" + account.id() + (goes ? "/sign-in" : "");
  }

  private static Account.Kind kind(@Nullable String word) {
    for (Account.Kind kind : Account.Kind.values()) if (kind.word().equals(word)) return kind;
    return Account.Kind.SMTP;
  }

  private static String article(Account.Kind kind) {
    boolean vowel = kind == Account.Kind.SMTP || kind == Account.Kind.EXCHANGE;
    return (vowel ? "an " : "a ") + ProviderWords.of(kind);
  }

  @GetMapping("/accounts/{id}")
  String show(Caller caller, @PathVariable String id, Model model) {
    Account account = existing(caller, id);
    return page(caller, account, AccountForm.of(account), null, model);
  }

  @PostMapping("/accounts/{id}")
  String save(
      Caller caller,
      @PathVariable String id,
      @RequestParam Map<String, String> form,
      Model model,
      RedirectAttributes next) {
    Account before = existing(caller, id);
    form.put("kind", before.kind().word());
    return change(
        caller, before, form, model, next, "Saved.", version(form), AccountForm.body(form));
  }

  @PostMapping("/accounts/{id}/default")
  String makeDefault(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    Account before = existing(caller, id);
    String said = "“" + before.name() + "” is the default account now.";
    return change(caller, before, Map.of(), model, next, said, null, one("default", true));
  }

  @PostMapping("/accounts/{id}/off")
  String switchOff(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    String said = "Switched off. Its password was forgotten; what waits for it stays on hold.";
    return change(
        caller, existing(caller, id), Map.of(), model, next, said, null, one("active", false));
  }

  @PostMapping("/accounts/{id}/on")
  String switchOn(
      Caller caller,
      @PathVariable String id,
      @RequestParam Map<String, String> form,
      Model model,
      RedirectAttributes next) {
    var patch = JSON.createObjectNode().put("active", true);
    Account before = existing(caller, id);
    ProviderForm.secret(patch, before.kind().word(), form);
    String said =
        before.connection().needsSignIn()
            ? "Switched on. Sign in to it now."
            : "Switched on. What waited for it goes out now.";
    return change(caller, before, Map.of(), model, next, said, null, patch);
  }

  @PostMapping("/accounts/{id}/fallback")
  String standIn(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String fallback,
      Model model,
      RedirectAttributes next) {
    var patch = JSON.createObjectNode();
    if (fallback.isBlank()) patch.putNull("fallback");
    else patch.put("fallback", fallback);
    return change(caller, existing(caller, id), Map.of(), model, next, "Saved.", null, patch);
  }

  @GetMapping("/accounts/{id}/delete")
  String askToDelete(Caller caller, @PathVariable String id, Model model) {
    Account account = existing(caller, id);
    if (!accounts.mayChange(caller, account)) caller.require(Right.MANAGE_ACCOUNTS);
    return deletePage(account, null, model);
  }

  @PostMapping("/accounts/{id}/delete")
  String delete(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    Account account = existing(caller, id);
    try {
      accounts.delete(caller, id, null);
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      return deletePage(account, problem, model);
    }
    next.addFlashAttribute("said", "“" + account.name() + "” was deleted.");
    return "redirect:/accounts";
  }

  private String change(
      Caller caller,
      Account before,
      Map<String, String> typed,
      Model model,
      RedirectAttributes next,
      String said,
      @Nullable Long version,
      JsonNode patch) {
    try {
      accounts.update(caller, before.id(), version, account -> AccountJson.merge(account, patch));
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409 && problem.status() != 412)
        throw problem;
      Map<String, String> form = typed.isEmpty() ? AccountForm.of(before) : typed;
      return page(caller, before, form, problem, model);
    }
    next.addFlashAttribute("said", said);
    return "redirect:/accounts/" + before.id();
  }

  /** Who does not manage accounts makes one of their own. */
  private static JsonNode fresh(Caller caller, Map<String, String> form) {
    boolean mine = !caller.may(Right.MANAGE_ACCOUNTS) || "me".equals(form.get("belongs"));
    return AccountForm.fresh(form).put("owner", mine ? caller.id() : Account.COMPANY);
  }

  private String newForm(
      Caller caller, Map<String, String> form, @Nullable Problem problem, Model model) {
    model.addAttribute("mayManage", caller.may(Right.MANAGE_ACCOUNTS));
    Account.Kind kind = kind(form.getOrDefault("kind", ""));
    signIn.fields(kind, model);
    String title =
        kind == Account.Kind.LOCAL ? "New local mailbox" : "Connect " + article(kind) + " account";
    model.addAttribute("signsIn", ProviderWords.signsIn(kind));
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading("/accounts", "Email accounts", "New", null));
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    return "accounts/new";
  }

  private String page(
      Caller caller,
      Account account,
      Map<String, String> form,
      @Nullable Problem problem,
      Model model) {
    ZoneId zone = access.company(caller.company()).timeZone();
    Health health = Health.of(account, zone, Instant.now());
    model.addAttribute(
        "heading", new Heading("/accounts", "Email accounts", account.name(), health.chip()));
    model.addAttribute("account", account);
    model.addAttribute("health", health);
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("mayChange", accounts.mayChange(caller, account));
    model.addAttribute("owner", owner(account));
    model.addAttribute("standIns", standIns(account));
    model.addAttribute("warnings", warnings.of(account, Instant.now()));
    model.addAttribute("usual", UsualLimits.of(account));
    model.addAttribute("used", usage.usage(account));
    model.addAttribute(
        "pace", PaceWords.of(account, usage.progress(account), zone, Instant.now()).orElse(null));
    model.addAttribute("testTo", caller.email());
    signIn.account(account, model);
    return "accounts/account";
  }

  private static String deletePage(Account account, @Nullable Problem problem, Model model) {
    model.addAttribute(
        "heading", new Heading("/accounts/" + account.id(), account.name(), "Delete", null));
    model.addAttribute("account", account);
    model.addAttribute("problem", problem);
    return "accounts/delete";
  }

  private Account existing(Caller caller, String id) {
    return accounts.get(caller, id);
  }

  /** Whose it is, null for the company's. */
  private @Nullable String owner(Account account) {
    if (account.ofCompany()) return null;
    return access.people(account.company()).stream()
        .filter(person -> person.id().equals(account.owner()))
        .map(Person::name)
        .findFirst()
        .orElse("somebody who left");
  }

  /** Who may stand in for it: the company's other accounts. */
  private Map<String, String> standIns(Account account) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "Nobody: its mail waits");
    for (Account other : accounts.list(account.company(), false)) {
      boolean leaves = other.kind() != Account.Kind.LOCAL || account.kind() == Account.Kind.LOCAL;
      if (leaves && other.ofCompany() && !other.id().equals(account.id()))
        choices.put(other.id(), other.name() + " (" + other.email().spec() + ")");
    }
    return choices;
  }

  private static JsonNode one(String field, boolean value) {
    return JSON.createObjectNode().put(field, value);
  }

  private static @Nullable Long version(Map<String, String> form) {
    String text = form.getOrDefault("version", "");
    return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
  }
}
