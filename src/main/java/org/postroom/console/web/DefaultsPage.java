package org.postroom.console.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Route;
import org.postroom.accounts.Routes;
import org.postroom.compose.Composer;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;
import org.postroom.http.Problem;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which layout, template and account each kind of document goes out with. */
@Controller
class DefaultsPage {
  private final Routes routes;
  private final Layouts layouts;
  private final Templates templates;
  private final Accounts accounts;

  DefaultsPage(Routes routes, Layouts layouts, Templates templates, Accounts accounts) {
    this.routes = routes;
    this.layouts = layouts;
    this.templates = templates;
    this.accounts = accounts;
  }

  /**
   * One kind.
   *
   * @param layouts id to name; the empty id is "built-in"
   */
  record Line(
      String kind,
      String words,
      Route chosen,
      Map<String, String> layouts,
      Map<String, String> templates) {}

  @GetMapping("/defaults")
  String show(Caller caller, @RequestParam(defaultValue = "false") boolean saved, Model model) {
    return page(caller, routes.list(caller.company()), saved, null, model);
  }

  @PostMapping("/defaults")
  String save(Caller caller, @RequestParam Map<String, String> form, Model model) {
    List<Route> wanted = new ArrayList<>();
    for (DocumentKind kind : DocumentKind.values()) {
      String account = chosen(form, kind, "account");
      String template = chosen(form, kind, "template");
      String layout = chosen(form, kind, "layout");
      if (account != null || template != null || layout != null)
        wanted.add(new Route(kind.word(), account, template, layout));
    }
    try {
      routes.replace(caller, wanted);
      return "redirect:/defaults?saved=true";
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, wanted, false, problem, model);
    }
  }

  private String page(
      Caller caller, List<Route> chosen, boolean saved, @Nullable Problem problem, Model model) {
    Map<String, Route> byKind =
        chosen.stream().collect(Collectors.toMap(Route::documentKind, route -> route));
    model.addAttribute(
        "lines",
        Arrays.stream(DocumentKind.values())
            .map(kind -> line(caller.company(), kind, byKind.get(kind.word())))
            .toList());
    model.addAttribute("accounts", accounts(caller.company()));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_ACCOUNTS));
    model.addAttribute("saved", saved);
    model.addAttribute("problem", problem);
    return "console/defaults";
  }

  private Line line(String company, DocumentKind kind, @Nullable Route route) {
    Route chosen = route == null ? new Route(kind.word(), null, null, null) : route;
    return new Line(
        kind.word(), kind.words(), chosen, layouts(company, kind), templates(company, kind));
  }

  private Map<String, String> layouts(String company, DocumentKind kind) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("", "Built-in layout");
    for (Layout layout : layouts.list(company, kind))
      if (!layout.id().equals(Layouts.BUILT_IN)) names.put(layout.id(), layout.name());
    return names;
  }

  private Map<String, String> templates(String company, DocumentKind kind) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("", "The one in use for the reader's language");
    for (Template template : templates.choices(company, null, Composer.usualPurpose(kind).word())) {
      String language = " (" + template.language() + ")";
      if (template.level() == Template.Level.APPLICATION)
        names.put(template.id(), template.name() + language);
    }
    return names;
  }

  private Map<String, String> accounts(String company) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("", "The default account");
    for (Account account : accounts.list(company, false))
      if (account.ofCompany()) names.put(account.id(), account.name());
    return names;
  }

  private static @Nullable String chosen(
      Map<String, String> form, DocumentKind kind, String field) {
    String id = form.getOrDefault(kind.word() + "/" + field, "");
    return id.isBlank() ? null : id;
  }
}
