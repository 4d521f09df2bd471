package org.postroom.diagnosis.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountJson;
import org.postroom.accounts.Accounts;
import org.postroom.diagnosis.Check;
import org.postroom.diagnosis.CheckListener;
import org.postroom.diagnosis.Diagnosis;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ViewResolver;

/**
 * The connection check on the pages of accounts: as a page, or line by line where a script asks.
 */
@Controller
class CheckPages {
  private final Diagnosis diagnosis;
  private final Accounts accounts;
  private final ViewResolver views;

  CheckPages(
      Diagnosis diagnosis,
      Accounts accounts,
      @Qualifier("thymeleafViewResolver") ViewResolver views) {
    this.diagnosis = diagnosis;
    this.accounts = accounts;
    this.views = views;
  }

  private interface Work {
    Check run(CheckListener listener);
  }

  @GetMapping("/accounts/new/check")
  String nothingChecked() {
    return "redirect:/accounts/new";
  }

  @PostMapping("/accounts/new/check")
  @Nullable String unsaved(
      Caller caller,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Map<String, String> form = CheckForm.fixed(typed);
    var panel =
        new Panel("/accounts/new/check", null, email(form), testTo(caller, form), null, null);
    Work work =
        listener ->
            diagnosis.check(
                caller, AccountJson.read(CheckForm.fresh(form, caller)), panel.testTo(), listener);
    Panel done = answer(panel, work, request, response);
    return done == null ? null : page(done, form, model);
  }

  /** The last check of a saved account. */
  @GetMapping("/accounts/{id}/check")
  String last(Caller caller, @PathVariable String id, Model model) {
    Account account = changeable(caller, id);
    Check last = diagnosis.last(caller, id).orElse(null);
    Map<String, String> form = CheckForm.of(account);
    var panel = panel(account, form, caller.email());
    return page(last == null ? panel : panel.with(last), form, model);
  }

  @PostMapping("/accounts/{id}/check")
  @Nullable String saved(
      Caller caller,
      @PathVariable String id,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Account account = changeable(caller, id);
    Map<String, String> form = CheckForm.fixed(typed);
    form.put("kind", account.kind().word());
    var panel = panel(account, form, testTo(caller, form));
    var changes = CheckForm.changes(account, form);
    Work work =
        listener ->
            diagnosis.check(
                caller, id, now -> AccountJson.merge(now, changes), panel.testTo(), listener);
    Panel done = answer(panel, work, request, response);
    return done == null ? null : page(done, form, model);
  }

  /** Null where everything was told as a stream. */
  private @Nullable Panel answer(
      Panel panel, Work work, HttpServletRequest request, HttpServletResponse response) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    boolean stream = accept != null && accept.contains(EventStream.TYPE);
    if (!stream) return run(panel, work, CheckListener.NOBODY);
    var events = new HtmlEvents(views, request, response);
    events.result(run(panel, work, events));
    return null;
  }

  private static Panel run(Panel panel, Work work, CheckListener listener) {
    try {
      return panel.with(work.run(listener));
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 429) throw problem;
      return panel.with(problem);
    }
  }

  private static String page(Panel panel, Map<String, String> form, Model model) {
    Account account = panel.account();
    String path = account == null ? "/accounts/new" : "/accounts/" + account.id();
    String name = account == null ? "New" : account.name();
    model.addAttribute("title", account == null ? "Connect an account" : account.name());
    model.addAttribute("heading", new Heading("/accounts", "Email accounts", name, null));
    model.addAttribute("panel", panel);
    model.addAttribute("form", form);
    model.addAttribute("save", path);
    model.addAttribute("back", account == null ? "/accounts" : path);
    model.addAttribute("version", account == null ? null : account.version());
    model.addAttribute("keeps", account != null && account.hasSecret());
    model.addAttribute("typedSecret", CheckForm.typedSecret(form));
    return "diagnosis/checked";
  }

  private static Panel panel(Account account, Map<String, String> form, @Nullable String testTo) {
    String path = "/accounts/" + account.id() + "/check";
    return new Panel(path, account, email(form), testTo, null, null);
  }

  private static String email(Map<String, String> form) {
    return form.getOrDefault("email", "").strip();
  }

  private static @Nullable String testTo(Caller caller, Map<String, String> form) {
    String typed = form.getOrDefault("test_to", "").strip();
    return typed.isEmpty() ? caller.email() : typed;
  }

  private Account changeable(Caller caller, String id) {
    Account account = accounts.get(caller, id);
    if (!accounts.mayChange(caller, account)) caller.require(Right.MANAGE_ACCOUNTS);
    return account;
  }
}
