package org.postroom.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where everything that a controller or Spring throws ends: a problem for programs, a page for
 * people.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private final ProblemWriter problems;

  Failures(ProblemWriter problems) {
    this.problems = problems;
  }

  @ExceptionHandler(Exception.class)
  @Nullable ModelAndView answer(
      Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (failure instanceof AuthenticationException || failure instanceof AccessDeniedException)
      throw failure; // Security answers these itself: it knows whether signing in would help.
    if (failure instanceof AsyncRequestNotUsableException) return null; // the client has gone
    Problem problem = Translation.of(failure);
    if (problem.status() == 503)
      LOG.warn("{} {}: {}", request.getMethod(), path(request), problem.detail());
    else if (problem.status() >= 500)
      LOG.error("{} {}", request.getMethod(), path(request), failure);
    headers(failure, response);
    return answer(problem, request, response);
  }

  @Nullable ModelAndView answer(
      Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) return null;
    if (!Requests.isApi(request)) return ErrorPage.of(problem, Requests.id(request));
    problems.write(problem, request, response);
    return null;
  }

  private static void headers(Exception failure, HttpServletResponse response) {
    if (failure instanceof HttpRequestMethodNotSupportedException method
        && method.getSupportedMethods() != null)
      response.setHeader("Allow", String.join(", ", method.getSupportedMethods()));
    if (failure instanceof HttpMediaTypeNotSupportedException media)
      media
          .getHeaders()
          .forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
  }

  /** The path as logged: the query may hold what does not belong into a log. */
  private static String path(HttpServletRequest request) {
    return request.getRequestURI().replaceAll("[\\p{Cntrl}]", "?");
  }
}
