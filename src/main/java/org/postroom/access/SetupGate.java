package org.postroom.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.postroom.http.Problem;
import org.postroom.http.ProblemWriter;
import org.postroom.http.Requests;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before the first company exists every page leads to the set-up. */
final class SetupGate extends OncePerRequestFilter {
  private static final List<String> ALWAYS_OPEN =
      List.of("/static/", "/healthz", "/readyz", "/api/v1/openapi.json", "/error", "/problems/");
  private final Installation installation;
  private final ProblemWriter problems;

  SetupGate(Installation installation, ProblemWriter problems) {
    this.installation = installation;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    boolean setup = isSetup(request);
    if (installation.isDone()) {
      chain.doFilter(request, response);
    } else if (setup || ALWAYS_OPEN.stream().anyMatch(path::startsWith)) {
      chain.doFilter(request, response);
    } else if (Requests.isApi(request)) {
      problems.write(notYet(), request, response);
    } else {
      response.sendRedirect("/setup");
    }
  }

  private static boolean isSetup(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.equals("/setup") || path.startsWith("/setup/");
  }

  /**
   * Afterwards the set-up is gone. Stands behind Spring Security, which gives the answer its
   * headers.
   */
  static final class Gone extends OncePerRequestFilter {
    private final Installation installation;

    Gone(Installation installation) {
      this.installation = installation;
    }

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (isSetup(request) && installation.isDone())
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
      else chain.doFilter(request, response);
    }
  }

  private static Problem notYet() {
    return Problem.of(
        503,
        "not_set_up",
        "Postroom is not set up yet. Open /setup in a browser; the log shows the code.");
  }
}
