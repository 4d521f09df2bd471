package org.postroom.http;

import java.util.Map;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.servlet.ModelAndView;

/** The page for people when something cannot be served, in plain words. */
final class ErrorPage {
  private ErrorPage() {}

  static ModelAndView of(Problem problem, String requestId) {
    var page =
        new ModelAndView(
            "http/error",
            Map.of(
                "status", problem.status(),
                "headline", headline(problem.status()),
                "detail", problem.detail(),
                "errors", problem.errors(),
                "requestId", requestId));
    page.setStatus(HttpStatusCode.valueOf(problem.status()));
    return page;
  }

  private static String headline(int status) {
    return switch (status) {
      case 401 -> "Please sign in";
      case 403 -> "You may not do this";
      case 404 -> "This page does not exist";
      case 405 -> "This cannot be done here";
      case 413 -> "That is too large";
      case 409 -> "Somebody was faster";
      case 429 -> "Too many tries";
      case 503 -> "Not available right now";
      default -> status >= 500 ? "Something went wrong on our side" : "That did not work";
    };
  }
}
