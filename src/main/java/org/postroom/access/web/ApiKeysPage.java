package org.postroom.access.web;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.ApiKey;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.postroom.access.Scope;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** API keys for people: list, make (shown once), withdraw. */
@Controller
class ApiKeysPage {
  private final ApiKeys keys;

  ApiKeysPage(ApiKeys keys) {
    this.keys = keys;
  }

  record Form(
      @Nullable String name,
      @Nullable Boolean test,
      @Nullable List<String> scopes,
      @Nullable String networks) {

    public boolean has(Scope scope) {
      return scopes != null && scopes.contains(scope.code());
    }

    ApiKeys.Wish wish() {
      List<String> typed =
          networks == null
              ? List.of()
              : Arrays.stream(networks.split("[\\s,;]+")).filter(n -> !n.isEmpty()).toList();
      return new ApiKeys.Wish(
          name == null ? "" : name,
          Boolean.TRUE.equals(test),
          scopes == null ? List.of() : scopes,
          typed);
    }
  }

  @GetMapping("/api-keys")
  String list(Caller caller, Model model) {
    return page(
        caller,
        new Form(
            "",
            false,
            List.of("messages:send", "messages:read", "documents:write", "events:write"),
            ""),
        null,
        model);
  }

  /** The reply to this POST is the only page that ever shows the key; nothing keeps it. */
  @PostMapping("/api-keys")
  String create(Caller caller, @ModelAttribute Form form, Model model) {
    try {
      ApiKey.Made made = keys.create(caller, form.wish());
      model.addAttribute("made", made);
      return list(caller, model);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, form, problem, model);
    }
  }

  @PostMapping("/api-keys/{id}/revoke")
  String revoke(Caller caller, @PathVariable String id, RedirectAttributes next) {
    keys.revoke(caller, id);
    next.addFlashAttribute("said", "The key was withdrawn. Nobody gets in with it any more.");
    return "redirect:/api-keys";
  }

  private String page(Caller caller, Form form, @Nullable Problem problem, Model model) {
    model.addAttribute("keys", keys.list(caller, 200, null).data());
    model.addAttribute("form", form);
    model.addAttribute("base", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
    model.addAttribute("problem", problem);
    model.addAttribute("scopes", Scope.values());
    return "access/api-keys";
  }
}
