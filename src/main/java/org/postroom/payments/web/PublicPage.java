package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.postroom.http.Problem;
import org.postroom.http.Translation;
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
    int status = Translation.of(failure).status();
    if (status >= 500) LOG.error("A public page failed", failure);
    return note(status, request, response);
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
    PageWords say = PageWords.in(language(request));
    return new ModelAndView(
        "payments/public/note",
        Map.of(
            "say", say,
            "heading", say.say(key),
            "said", say.say(key + ".said"),
            "style", Brand.none().style()));
  }

  /** Without the form's help where it cannot even be read. */
  private static Locale language(HttpServletRequest request) {
    try {
      return PageWords.chosen(request.getParameter("lang")).orElse(request.getLocale());
    } catch (InvalidParameterException unreadable) {
      return request.getLocale();
    }
  }
}
