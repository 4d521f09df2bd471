package org.postroom.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Answers what failed outside of controllers: in filters and in the servlet container. */
@Controller
class ErrorEndpoint implements ErrorController {
  private final ProblemWriter problems;

  ErrorEndpoint(ProblemWriter problems) {
    this.problems = problems;
  }

  @RequestMapping("/error")
  @Nullable ModelAndView answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = problemOf(request);
    if (!Requests.isApi(request)) return ErrorPage.of(problem, Requests.id(request));
    problems.write(problem, request, response);
    return null;
  }

  private static Problem problemOf(HttpServletRequest request) {
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (thrown instanceof Exception failure) return Translation.of(failure);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // Asked for by hand, /error is a page like any other that does not exist.
    return Translation.of(status instanceof Integer code ? code : 404);
  }
}
