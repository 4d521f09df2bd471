package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.postroom.http.Problem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * What strangers read when there is nothing for them: in their browser's language, and never why.
 */
@ControllerAdvice(assignableTypes = {PayPage.class, ApprovePage.class, PapersPage.class, Nowhere.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
class PublicFailures {

  @ExceptionHandler
  ModelAndView failed(Problem problem, HttpServletRequest request, HttpServletResponse response) {
    Door.hide(response);
    String key =
        switch (problem.status()) {
          case 404 -> "unknown";
          case 429 -> "busy";
          default -> "failed";
        };
    if (problem.status() == 429) response.setHeader("Retry-After", "60");
    response.setStatus(problem.status());
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
