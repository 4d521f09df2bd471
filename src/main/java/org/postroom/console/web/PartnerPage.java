package org.postroom.console.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** One partner: all its addresses, documents and mail; making and changing one. */
@Controller
class PartnerPage {
  private final Partners partners;
  private final Accounts accounts;
  private final PartnerStory story;
  private final PartnerChoices choices;
  private final RemindersPart reminders;
  private final BlockedOfPartner blocked;

  PartnerPage(
      Partners partners,
      Accounts accounts,
      PartnerStory story,
      PartnerChoices choices,
      RemindersPart reminders,
      BlockedOfPartner blocked) {
    this.blocked = blocked;
    this.reminders = reminders;
    this.partners = partners;
    this.accounts = accounts;
    this.story = story;
    this.choices = choices;
  }

  @GetMapping("/partners/{ref}")
  String show(Caller caller, @PathVariable String ref, Model model) {
    Partner partner = find(caller, ref);
    model.addAttribute("partner", partner);
    model.addAttribute("heading", new Heading("/partners", "Partners", partner.name(), null));
    model.addAttribute("sendFrom", accountName(caller, partner.sendFrom()));
    model.addAttribute("mayWrite", caller.may(Right.WRITE_DOCUMENTS));
    model.addAttribute("maySend", caller.may(Right.SEND));
    String place = "/partners/" + UriUtils.encodePathSegment(ref, StandardCharsets.UTF_8);
    reminders.onPartner(caller, partner, place, model);
    model.addAttribute("blocked", blocked.of(partner, caller.company()));
    model.addAttribute("mayUnblock", caller.may(Right.CHANGE_OTHERS_MAIL));
    model.addAttribute("documents", story.documents(caller, ref));
    model.addAttribute("messages", story.messages(caller, ref));
    return "console/partner";
  }

  @GetMapping("/partners/new")
  String fresh(Caller caller, Model model) {
    caller.require(Right.WRITE_DOCUMENTS);
    return form(caller, null, PartnerForm.EMPTY, null, model);
  }

  @PostMapping("/partners/new")
  String make(
      Caller caller,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      RedirectAttributes next) {
    PartnerForm form = PartnerForm.of(posted);
    if (form.asksForMore()) return form(caller, null, form, null, model);
    String ref = form.get("ref");
    try {
      if (partners.find(caller.company(), ref).isPresent())
        throw Problem.invalid("/ref", "taken", "There is a partner with this key already.");
      return saved(partners.put(caller, form.partner(ref, null)).partner(), next);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(caller, null, form, problem, model);
    }
  }

  @GetMapping("/partners/{ref}/edit")
  String edit(Caller caller, @PathVariable String ref, Model model) {
    caller.require(Right.WRITE_DOCUMENTS);
    Partner partner = find(caller, ref);
    return form(caller, partner, PartnerForm.of(partner), null, model);
  }

  @PostMapping("/partners/{ref}/edit")
  String save(
      Caller caller,
      @PathVariable String ref,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      RedirectAttributes next) {
    Partner before = find(caller, ref);
    PartnerForm form = PartnerForm.of(posted);
    if (form.asksForMore()) return form(caller, before, form, null, model);
    try {
      return saved(partners.put(caller, form.partner(before.ref(), before)).partner(), next);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(caller, before, form, problem, model);
    }
  }

  private static String saved(Partner partner, RedirectAttributes next) {
    next.addFlashAttribute("said", "Saved.");
    next.addAttribute("ref", partner.ref());
    return "redirect:/partners/{ref}";
  }

  private String form(
      Caller caller,
      @Nullable Partner partner,
      PartnerForm form,
      @Nullable Problem problem,
      Model model) {
    model.addAttribute("partner", partner);
    model.addAttribute("form", form);
    String title = partner == null ? "Add a partner" : "Change " + partner.name();
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading("/partners", "Partners", title, null));
    model.addAttribute("problem", problem);
    model.addAttribute("types", Map.of("customer", "Customer", "vendor", "Vendor"));
    model.addAttribute("accounts", accountChoices(caller, form.get("send_from")));
    Map<String, String> places = new LinkedHashMap<>();
    places.put("bill_to", "Bill-to");
    places.put("ship_to", "Ship-to");
    model.addAttribute("places", places);
    model.addAttribute("purposes", PartnerChoices.purposes());
    model.addAttribute("overrides", choices.overrides(caller.company()));
    model.addAttribute(
        "own", partner != null && !(partner.layouts().isEmpty() && partner.templates().isEmpty()));
    return "console/partner-form";
  }

  private Map<String, String> accountChoices(Caller caller, @Nullable String chosen) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "By the rules");
    for (Account account : accounts.list(caller.company(), true))
      if (account.active() || account.id().equals(chosen))
        choices.put(account.id(), account.name() + " (" + account.email().spec() + ")");
    return choices;
  }

  private @Nullable String accountName(Caller caller, @Nullable String id) {
    if (id == null) return null;
    return accounts.find(caller.company(), id).map(Account::name).orElse(id);
  }

  private Partner find(Caller caller, String ref) {
    return partners
        .find(caller.company(), ref)
        .orElseThrow(() -> Problem.notFound("The partner “" + ref + "”"));
  }
}
