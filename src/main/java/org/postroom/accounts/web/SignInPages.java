package org.postroom.accounts.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.SignInResult;
import org.postroom.accounts.SignIns;
import org.postroom.accounts.SignIns.Returned;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Signing in at Microsoft and Google in the browser: there, back, and what came of it. */
@Controller
class SignInPages {
  private final SignIns signIns;
  private final Accounts accounts;

  SignInPages(SignIns signIns, Accounts accounts) {
    this.signIns = signIns;
    this.accounts = accounts;
  }

  /**
   * On the way to the provider. A page and not a redirect: browsers check our rule that forms go
   * nowhere else along a whole chain of redirects.
   */
  @PostMapping("/accounts/{id}/sign-in")
  String go(
      Caller caller,
      @PathVariable String id,
      @RequestParam(name = "large", required = false) @Nullable String large,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return leave(caller, id, large != null, request, response, model);
  }

  /** Where a new account's form leads to; reached otherwise, it asks first. */
  @GetMapping("/accounts/{id}/sign-in")
  String start(
      Caller caller,
      @PathVariable String id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    if (model.getAttribute("connect") == null)
      return "redirect:/accounts/" + account(caller, id).id();
    return leave(caller, id, false, request, response, model);
  }

  /** A link to hand to IT. */
  @PostMapping("/accounts/{id}/approval")
  String approvalLink(
      Caller caller,
      @PathVariable String id,
      @RequestParam(name = "large", required = false) @Nullable String large,
      HttpServletRequest request,
      Model model) {
    URI link = signIns.approvalLink(caller, id, ask(request, large != null));
    Account account = account(caller, id);
    model.addAttribute("link", link);
    return page(account, "Link for IT", "accounts/sign-in-approval", model);
  }

  /** An app that signs in itself. */
  @PostMapping("/accounts/{id}/app")
  String app(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    return shown(signIns.connectApp(caller, id), model, next);
  }

  @PostMapping("/accounts/{id}/disconnect")
  String disconnect(Caller caller, @PathVariable String id, RedirectAttributes next) {
    next.addFlashAttribute("said", signIns.disconnect(caller, id).message());
    return "redirect:/accounts/" + id;
  }

  @GetMapping(path = "/oauth/callback", params = "!admin_consent")
  String back(
      Caller caller,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(name = "error_description", required = false) @Nullable String description,
      Model model,
      RedirectAttributes next) {
    var returned = new Returned(state, code, error, cut(description));
    return shown(signIns.finish(caller, returned), model, next);
  }

  /** Whoever approves may be a stranger to us, so no sign-in here is asked for. */
  @GetMapping(path = "/oauth/callback", params = "admin_consent")
  String approved(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(name = "error_description", required = false) @Nullable String description,
      Model model) {
    model.addAttribute(
        "result", signIns.approved(new Returned(state, null, error, cut(description))));
    return "accounts/sign-in-approved";
  }

  @PostMapping("/accounts/{id}/mailbox")
  String choose(
      Caller caller,
      @PathVariable String id,
      @RequestParam String choice,
      @RequestParam String use,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      RedirectAttributes next) {
    Optional<SignInResult> result = signIns.choose(caller, choice, choice(use));
    return result.isPresent()
        ? shown(result.get(), model, next)
        : leave(caller, id, false, request, response, model);
  }

  private String leave(
      Caller caller,
      String id,
      boolean large,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Account account = account(caller, id);
    try {
      URI url = signIns.begin(caller, id, ask(request, large)).url();
      model.addAttribute("url", url);
      response.setHeader("Refresh", "0;url=" + url);
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      model.addAttribute("what", problem.detail());
      return page(account, "Sign in", "accounts/sign-in-failed", model);
    }
    model.addAttribute("provider", ProviderWords.of(account.kind()));
    return page(account, "Sign in", "accounts/sign-in-leave", model);
  }

  private String shown(SignInResult result, Model model, RedirectAttributes next) {
    return switch (result) {
      case SignInResult.Connected connected -> {
        next.addFlashAttribute(
            "said", "Connected as " + connected.signedInAs() + ". The account can send now.");
        yield "redirect:/accounts/" + connected.account().id();
      }
      case SignInResult.OtherMailbox other -> {
        model.addAttribute("result", other);
        yield page(other.account(), "Which mailbox?", "accounts/sign-in-mailbox", model);
      }
      case SignInResult.Approved approved -> {
        model.addAttribute("result", approved);
        yield "accounts/sign-in-approved";
      }
      case SignInResult.Failed failed -> {
        model.addAttribute("result", failed);
        model.addAttribute("what", failed.finding().what());
        yield page(failed.account(), "Sign in", "accounts/sign-in-failed", model);
      }
    };
  }

  private static String page(@Nullable Account account, String here, String view, Model model) {
    Heading heading =
        account == null
            ? new Heading("/accounts", "Email accounts", here, null)
            : new Heading("/accounts/" + account.id(), account.name(), here, null);
    model.addAttribute("heading", heading);
    model.addAttribute("account", account);
    model.addAttribute("signsIn", account != null && account.connection().needsSignIn());
    return view;
  }

  private Account account(Caller caller, String id) {
    return accounts
        .find(caller.company(), id)
        .orElseThrow(() -> Problem.notFound("The account " + id));
  }

  private static SignIns.Ask ask(HttpServletRequest request, boolean large) {
    return new SignIns.Ask(Here.of(request), large);
  }

  private static SignIns.Choice choice(String word) {
    for (SignIns.Choice choice : SignIns.Choice.values())
      if (choice.name().toLowerCase(Locale.ROOT).equals(word)) return choice;
    throw Problem.invalid("/use", "unknown", "Choose one of the mailboxes.");
  }

  /** Anybody can write anything there. */
  private static @Nullable String cut(@Nullable String description) {
    return description == null || description.length() <= 1500
        ? description
        : description.substring(0, 1500);
  }
}
