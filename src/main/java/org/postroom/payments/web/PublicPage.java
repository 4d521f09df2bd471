package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.postroom.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * What strangers read when there is nothing for them: in their browser's language, and never why.
 */
abstract class PublicPage {
  private static final Logger LOG = LoggerFactory.getLogger(PublicPage.class);

  @ExceptionHandler
  ModelAndView refused(Problem problem, HttpServletRequest request, HttpServletResponse response) {
    return note(problem.status(), request, response);
  }

  /** Ours to look at; the customer can only try again. */
  @ExceptionHandler
  ModelAndView broken(
      RuntimeException failure, HttpServletRequest request, HttpServletResponse response) {
    LOG.error("A public page failed", failure);
    return note(500, request, response);
  }

  private static ModelAndView note(
      int status, HttpServletRequest request, HttpServletResponse response) {
    Door.hide(response);
    String key =
        switch (status) {
          case 404 -> "unknown";
          case 429 -> "busy";
          default -> "failed";
        };
    if (status == 429) response.setHeader("Retry-After", "60");
    response.setStatus(status);
    Locale asked = request.getLocale();
    PageWords say = PageWords.in(PageWords.chosen(request.getParameter("lang")).orElse(asked));
    return new ModelAndView(
        "payments/public/note",
        Map.of(
            "say", say,
            "heading", say.say(key),
            "said", say.say(key + ".said"),
            "style", Brand.none().style()));
  }
}
