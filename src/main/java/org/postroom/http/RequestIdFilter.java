package org.postroom.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request an id: the client's own if it is harmless, otherwise a new one. */
final class RequestIdFilter extends OncePerRequestFilter {
  static final String HEADER = "X-Request-Id";
  // The id is written into logs and headers: nothing in it may end a line or hide text.
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = idOf(request.getHeader(HEADER));
    Requests.id(request, id);
    response.setHeader(HEADER, id);
    try (var ignored = MDC.putCloseable("request", id)) {
      chain.doFilter(request, response);
    }
  }

  private static String idOf(@Nullable String offered) {
    return offered != null && HARMLESS.matcher(offered).matches() ? offered : Ids.next("req");
  }
}
