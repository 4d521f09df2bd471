package org.postroom.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Installation;
import org.postroom.access.NewPerson;
import org.postroom.access.Sessions;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * The first-run wizard: code, administrator, company. Any node takes any step: what was given so
 * far is in the browser.
 */
@Controller
class SetupPages {
  private final Installation installation;
  private final Sessions sessions;
  private final SetupDraft.InCookie drafts;
  private final String suggestedZone = java.time.ZoneId.systemDefault().getId();

  SetupPages(Installation installation, Sessions sessions, SetupDraft.InCookie drafts) {
    this.drafts = drafts;
    this.installation = installation;
    this.sessions = sessions;
  }

  @GetMapping("/setup")
  String step(
      HttpServletRequest request,
      @RequestParam(required = false) @Nullable String step,
      Model model) {
    SetupDraft draft = drafts.read(request);
    if (draft.code() == null) return code(null, model);
    if (draft.administrator() == null || "administrator".equals(step))
      return administrator(draft.administrator(), null, model);
    return company(fresh(), null, model);
  }

  @PostMapping("/setup/code")
  String giveCode(
      HttpServletResponse response, @RequestParam(defaultValue = "") String code, Model model) {
    try {
      installation.checkCode(code);
    } catch (Problem wrong) {
      return code(wrong, model);
    }
    drafts.write(response, new SetupDraft(code, null));
    return "redirect:/setup";
  }

  @PostMapping("/setup/administrator")
  String giveAdministrator(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      Model model) {
    SetupDraft draft = drafts.read(request);
    if (draft.code() == null) return "redirect:/setup";
    try {
      if (!password.equals(again))
        throw Problem.invalid("/again", "different", "The two passwords are not the same.");
      drafts.write(response, new SetupDraft(draft.code(), NewPerson.of(name, email, password)));
    } catch (Problem wrong) {
      return administrator(new NewPerson(name, email, ""), wrong, model);
    }
    return "redirect:/setup";
  }

  @PostMapping("/setup/company")
  String giveCompany(
      HttpServletRequest request,
      HttpServletResponse response,
      @ModelAttribute CompanyForm form,
      @RequestParam(required = false) @Nullable MultipartFile logo,
      Model model)
      throws IOException {
    SetupDraft draft = drafts.read(request);
    String code = draft.code();
    NewPerson administrator = draft.administrator();
    if (code == null || administrator == null) return "redirect:/setup";
    try {
      byte[] picture = CompanyPage.bytes(logo).orElse(null);
      installation.setUp(code, form.company(Ids.next("co"), picture), administrator);
    } catch (Problem wrong) {
      if (wrong.status() != 422) throw wrong;
      return company(form, wrong, model);
    }
    drafts.forget(response);
    sessions.signIn(administrator.email(), request, response);
    return "redirect:/welcome";
  }

  @GetMapping("/welcome")
  String welcome() {
    return "access/welcome";
  }

  private CompanyForm fresh() {
    return new CompanyForm(
        "", "", "US", "USD", "en", suggestedZone, "", "", "", "", "", "", "", "", "#1f5fbf", "A4");
  }

  private static String code(@Nullable Problem problem, Model model) {
    return step(1, "access/setup-code", problem, model);
  }

  private static String administrator(
      @Nullable NewPerson form, @Nullable Problem problem, Model model) {
    model.addAttribute("form", form == null ? new NewPerson("", "", "") : form);
    return step(2, "access/setup-administrator", problem, model);
  }

  private static String company(CompanyForm form, @Nullable Problem problem, Model model) {
    model.addAttribute("form", form);
    CompanyPage.choices(model);
    return step(3, "access/setup-company", problem, model);
  }

  private static String step(int step, String view, @Nullable Problem problem, Model model) {
    model.addAttribute("step", step);
    model.addAttribute("problem", problem);
    return view;
  }
}
