package org.postroom.access.web;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.http.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Company and branding: what stands at the top and foot of every document and mail. */
@Controller
class CompanyPage {
  private final Access access;

  CompanyPage(Access access) {
    this.access = access;
  }

  @GetMapping("/company")
  String show(Caller caller, Model model) {
    Company company = access.company(caller.company());
    return form(CompanyForm.of(company), null, company, model);
  }

  @PostMapping("/company")
  String save(
      Caller caller,
      @ModelAttribute CompanyForm form,
      @RequestParam(required = false) @Nullable MultipartFile logo,
      @RequestParam(required = false) @Nullable String removeLogo,
      Model model,
      RedirectAttributes next)
      throws IOException {
    Company before = access.company(caller.company());
    byte[] picture = removeLogo != null ? null : bytes(logo).orElse(before.logo());
    try {
      access.updateCompany(caller, form.company(before.id(), picture));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(form, problem, before, model);
    }
    next.addFlashAttribute("said", "Saved. New documents and mails use it from now on.");
    return "redirect:/company";
  }

  /** The kept logo; it was checked to be a PNG or JPEG. */
  @GetMapping("/company/logo")
  ResponseEntity<byte[]> logo(Caller caller) {
    Company company = access.company(caller.company());
    byte[] logo = company.logo();
    String type = company.logoType();
    if (logo == null || type == null) throw Problem.notFound("The logo");
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .body(logo);
  }

  static Optional<byte[]> bytes(@Nullable MultipartFile file) throws IOException {
    if (file == null || file.isEmpty()) return Optional.empty();
    if (file.getSize() > 1024 * 1024)
      throw Problem.invalid("/logo", "too_large", "The logo is larger than 1 MB. Save it smaller.");
    return Optional.of(file.getBytes());
  }

  static void choices(Model model) {
    model.addAttribute("countries", Choices.countries());
    model.addAttribute("currencies", Choices.currencies());
    model.addAttribute("languages", Choices.languages());
    model.addAttribute("timeZones", Choices.timeZones());
    model.addAttribute("papers", Choices.papers());
  }

  private static String form(
      CompanyForm form, @Nullable Problem problem, Company company, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("hasLogo", company.logo() != null);
    choices(model);
    return "access/company";
  }
}
