package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;

/**
 * A customer who came back from a provider before its word did. Coming back is no proof of payment,
 * so the page looks again a few times, slower and slower, and then leaves it to the customer.
 *
 * @param look 1 for the first time
 */
record Waiting(Visit visit, int look) {
  private static final int MOST = 5;
  private static final int SECONDS = 3;

  static Waiting of(Visit visit, String look) {
    int asked = look.matches("[1-9]") ? Integer.parseInt(look) : 1;
    return new Waiting(visit, Math.min(asked, MOST));
  }

  /** In a header and not in the page: a person may go on reading meanwhile, nothing is lost. */
  void show(HttpServletResponse response, Model model) {
    if (!isLong()) response.setHeader("Refresh", SECONDS * look + ";url=" + again());
    model.addAttribute("waited", isLong());
    model.addAttribute("again", again());
  }

  private boolean isLong() {
    return look >= MOST;
  }

  private String again() {
    String lang = visit.chosen() == null ? "" : "&lang=" + visit.chosen().toLanguageTag();
    return "/pay/" + visit.token() + "?came=paid&look=" + Math.min(look + 1, MOST) + lang;
  }
}
