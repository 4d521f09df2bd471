package org.postroom.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Sessions;
import org.postroom.db.Ids;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** A further company in the same installation, for whoever manages all there are. */
@Controller
class NewCompanyPage {
  private final Access access;
  private final Sessions sessions;

  NewCompanyPage(Access access, Sessions sessions) {
    this.access = access;
    this.sessions = sessions;
  }

  @GetMapping("/company/new")
  String show(Caller caller, Model model) {
    requireMay(caller);
    Company here = access.company(caller.company());
    var form =
        new CompanyForm(
            "",
            "",
            here.country(),
            here.currency(),
            here.language().toLanguageTag(),
            here.timeZone().getId(),
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "#1f5fbf",
            here.paper().name());
    return page(form, null, model);
  }

  @PostMapping("/company/new")
  String add(
      Caller caller,
      @ModelAttribute CompanyForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    String id = Ids.next("co");
    try {
      access.addCompany(caller, form.company(id, null));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(form, problem, model);
    }
    sessions.switchTo(caller, id, request, response);
    return "redirect:/welcome";
  }

  private void requireMay(Caller caller) {
    if (!access.mayAddCompany(caller))
      throw Problem.forbidden("Only who manages all companies of this installation adds another.");
  }

  private static String page(CompanyForm form, @Nullable Problem problem, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("heading", new Heading("/company", "Company and branding", "New", null));
    CompanyPage.choices(model);
    return "access/company-new";
  }
}
