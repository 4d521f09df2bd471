package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletResponse;
import org.postroom.access.Company;
import org.springframework.ui.Model;

/** What every page behind a link shows around its own matter. */
record Look(Visit visit) {
  static Look of(Visit visit) {
    return new Look(visit);
  }

  void show(HttpServletResponse response, Model model) {
    Company company = visit.company();
    Brand brand = Brand.of(company);
    response.setHeader("Content-Security-Policy", brand.policy());
    model.addAttribute("say", visit.words());
    model.addAttribute("company", company.name());
    model.addAttribute("hasLogo", company.logoType() != null);
    model.addAttribute("style", brand.style());
    model.addAttribute("foot", Foot.of(company));
    model.addAttribute("token", visit.token());
    model.addAttribute("query", visit.query());
  }
}
