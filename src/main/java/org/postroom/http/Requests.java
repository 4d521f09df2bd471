package org.postroom.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What filters and pages leave on a request for each other. */
public final class Requests {
  private static final String ID = "postroom.request_id";
  private static final String COMPANY = "postroom.company";

  private Requests() {}

  /** Whether a program asked (problem+json) or a browser (a page). */
  public static boolean isApi(HttpServletRequest request) {
    // While a failure is answered, the address is /error and this is what was asked for.
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return isApi(failed instanceof String uri ? uri : request.getRequestURI());
  }

  static boolean isApi(String path) {
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** The id under which the log knows this request; clients see it as X-Request-Id. */
  public static String id(HttpServletRequest request) {
    return request.getAttribute(ID) instanceof String id ? id : "none";
  }

  static void id(HttpServletRequest request, String id) {
    request.setAttribute(ID, id);
  }

  /** The company whose key this request carries; null before authentication. */
  public static @Nullable String company(HttpServletRequest request) {
    return request.getAttribute(COMPANY) instanceof String id ? id : null;
  }

  /** Told by whoever authenticated the request. */
  public static void company(HttpServletRequest request, String company) {
    request.setAttribute(COMPANY, company);
  }
}
