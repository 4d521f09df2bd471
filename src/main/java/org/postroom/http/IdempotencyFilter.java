package org.postroom.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Serves a POST with an {@code Idempotency-Key} once, however often it is sent. */
final class IdempotencyFilter extends OncePerRequestFilter {
  static final String HEADER = "Idempotency-Key";
  private final Idempotency idempotency;
  private final ProblemWriter problems;

  IdempotencyFilter(Idempotency idempotency, ProblemWriter problems) {
    this.idempotency = idempotency;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || !request.getRequestURI().startsWith("/api/v1/")
        || request.getHeader(HEADER) == null
        || Requests.company(request) == null
        || isStream(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(HEADER);
    if (!isSound(key)) {
      problems.write(unsound(), request, response);
      return;
    }
    try {
      HashedRequest hashed = HashedRequest.of(request);
      switch (idempotency.begin(company(request), key, hashed.hash())) {
        case Idempotency.Verdict.Serve serve -> serve(serve.claim(), hashed, response, chain);
        case Idempotency.Verdict.Replay replay -> replay(replay.reply(), response);
        case Idempotency.Verdict.Refuse refuse ->
            problems.write(refuse.problem(), request, response);
      }
    } catch (Problem problem) {
      problems.write(problem, request, response);
    }
  }

  private void serve(
      Idempotency.Claim claim,
      HashedRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    var copied = new ContentCachingResponseWrapper(response);
    int status = 500;
    try {
      Idempotency.during(claim, () -> chain.doFilter(request, copied));
      status = copied.getStatus();
    } finally {
      idempotency.end(
          claim,
          new KeptReply(
              status,
              copied.getContentType(),
              copied.getHeader("Location"),
              copied.getContentAsByteArray()));
    }
    copied.copyBodyToResponse();
  }

  private static void replay(KeptReply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    response.setHeader("Idempotent-Replayed", "true");
    if (reply.location() != null) response.setHeader("Location", reply.location());
    if (reply.contentType() != null) response.setContentType(reply.contentType());
    response.setContentLength(reply.body().length);
    response.getOutputStream().write(reply.body());
  }

  private static String company(HttpServletRequest request) {
    String company = Requests.company(request);
    if (company == null) throw new IllegalStateException("Not authenticated.");
    return company;
  }

  /** Events that are told while they happen cannot be given again. */
  private static boolean isStream(HttpServletRequest request) {
    String accepted = request.getHeader("Accept");
    return accepted != null && accepted.contains("text/event-stream");
  }

  private static boolean isSound(@Nullable String key) {
    return key != null
        && !key.isEmpty()
        && key.length() <= 255
        && key.chars().allMatch(c -> c > ' ' && c < 127);
  }

  private static Problem unsound() {
    return Problem.of(
        400,
        "bad_request",
        "An Idempotency-Key has 1 to 255 visible ASCII characters, without spaces.");
  }
}
