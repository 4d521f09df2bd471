package org.postroom.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no capability should have to think of: control characters in the query, which
 * PostgreSQL cannot keep in a text, and a content type that is none, on which Spring gives up.
 */
final class SoundRequestFilter extends OncePerRequestFilter {
  private static final Pattern CONTROL =
      Pattern.compile("(?:^|&)([^=&]*)(?:=[^&]*)?%(?:[01][0-9A-Fa-f]|7[Ff])");
  private final ProblemWriter problems;

  SoundRequestFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !Requests.isApi(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Problem problem = trouble(request);
    if (problem == null) chain.doFilter(request, response);
    else problems.write(problem, request, response);
  }

  private static @Nullable Problem trouble(HttpServletRequest request) {
    if (!isSound(request.getContentType()))
      return Problem.of(415, "unsupported_media_type", "The content type is none.");
    String query = request.getQueryString();
    if (query == null) return null;
    Matcher control = CONTROL.matcher(query);
    return control.find()
        ? Problem.invalid(
            control.group(1),
            "control_characters",
            "Control characters are not taken in the query of an address.")
        : null;
  }

  private static boolean isSound(@Nullable String type) {
    if (type == null || type.isBlank()) return true;
    try {
      return MediaType.parseMediaType(type).isConcrete();
    } catch (InvalidMediaTypeException none) {
      return false;
    }
  }
}
